const openBrace = 0x7b
const openBracket = 0x5b
const blanks = new Set([0x20, 0x09, 0x0a, 0x0d])
const formNames = ['response', 'payload'] as const
const namesOfDelivery = ['eventType', 'externalId'] as const

/** The JSON of a body: itself, what a field of a form holds, or a form's fields, as delivery reports used to come. */
export function jsonIn(body: Uint8Array): Uint8Array {
  const first = body.find((byte) => !blanks.has(byte))
  if (first === openBrace || first === openBracket) return body
  const form = new URLSearchParams(Buffer.from(body).toString('utf8'))
  for (const name of formNames) {
    const value = form.get(name)
    if (value !== null) return Buffer.from(value)
  }
  const isDelivery = namesOfDelivery.every((name) => form.has(name))
  return isDelivery ? Buffer.from(JSON.stringify(Object.fromEntries(form))) : body
}
