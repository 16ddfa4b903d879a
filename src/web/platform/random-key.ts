/** 128 random bits. Not `crypto.randomUUID`: browsers have it on https and localhost only, and a hub may be read on plain http. */
export function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
