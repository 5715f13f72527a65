/** A telephone that nobody has, of the first woman worker whom the demo offers: by it a visitor tries the sign-in by phone. */
export const demoPhone = '13800000000'
