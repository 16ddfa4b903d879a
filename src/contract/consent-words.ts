/** Longer messages, in characters, are never taken for one of the words. */
export const consentWordMax = 40
