/** Passkeys that one account may hold: phone, computer, key, and some to spare. */
export const mostPasskeys = 10
/** Minutes in which a browser answers a challenge. */
export const challengeMinutes = 5
