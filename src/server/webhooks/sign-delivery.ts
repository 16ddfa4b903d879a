import { Webhook } from 'standardwebhooks'

export interface SignedDelivery {
  headers: Record<string, string>
  body: string
}

/**
 * The request of one attempt, signed as Standard Webhooks 1.0.0. `webhook-id` names the event, so a receiver can drop
 * repeats; `webhook-timestamp` is the time of the attempt. During a rotation both secrets sign, newest first.
 */
export function signDelivery(
  eventId: string,
  payload: unknown,
  options: { secrets: readonly string[]; at: Date; attempt: number },
): SignedDelivery {
  const body = JSON.stringify(payload)
  const signatures = options.secrets.map((secret) => new Webhook(secret).sign(eventId, options.at, body))
  return {
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Parley-Webhooks/1',
      'webhook-id': eventId,
      'webhook-timestamp': String(Math.floor(options.at.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
      'webhook-attempt': String(options.attempt),
    },
  }
}
