/** `RESTRICTED_BIZ_INITIATED_MESSAGING` → "Restricted biz initiated messaging"; sentences stay as they are. */
export function plainWord(word: string): string {
  if (!/^[A-Z0-9_]{3,}$/.test(word)) return word
  const plain = word.replaceAll('_', ' ').toLowerCase()
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}
