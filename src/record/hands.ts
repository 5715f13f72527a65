/** Who acts in what is judged on two tiers: the owner's unit, the district or industry union above it, the city. */
export type Hand = 'owner' | 'recommender' | 'city'
