import { createHmac } from 'node:crypto'

/**
 * The headers of one attempt, signed as Standard Webhooks 1.0.0. `webhook-id` names the event, so a receiver can drop
 * repeats; `webhook-timestamp` is the time of the attempt. During a rotation both secrets sign, newest first.
 */
export function signDelivery(
  eventId: string,
  body: string,
  options: { secrets: readonly string[]; at: Date; attempt: number },
): Record<string, string> {
  const timestamp = String(Math.floor(options.at.getTime() / 1000))
  const signatures = options.secrets.map((secret) => `v1,${sign(secret, `${eventId}.${timestamp}.${body}`)}`)
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Parley-Webhooks/1',
    'webhook-id': eventId,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
    'webhook-attempt': String(options.attempt),
  }
}

// Node's own HMAC: the official library computes SHA-256 in JavaScript, which is the dearest step of a delivery.
function sign(secret: string, content: string): string {
  return createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(content)
    .digest('base64')
}
