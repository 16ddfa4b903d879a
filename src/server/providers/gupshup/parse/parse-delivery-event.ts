import { type JsonObject, statusKinds } from '../../fact.ts'
import { conversationIn } from '../../meta/parse/parse-status.ts'
import { idIn, objectIn, textIn, timeIn } from '../../meta/parse/read-json.ts'
import { failureCode } from '../error-codes.ts'
import { type Surroundings, unnamed } from './event.ts'
import { pricingIn } from './parse-message-event.ts'

/** Delivery events of the console have no type of event around them. */
export function isDeliveryEvent(event: JsonObject): boolean {
  return textIn(event, 'eventType') !== null && idIn(event, 'externalId') !== null
}

/** One delivery event of the console's webhooks. `externalId` names the request to send. */
export function parseDeliveryEvent(
  event: JsonObject,
  { facts, problems, path }: Surroundings & { path: string },
): void {
  const word = textIn(event, 'eventType')?.toLowerCase()
  const status = statusKinds.find((kind) => kind === word)
  const externalId = idIn(event, 'externalId')
  if (status === undefined || externalId === null) {
    facts.push({ kind: 'unknown', ...unnamed, field: 'delivery-event', type: word ?? null, value: event })
    return
  }
  const { at, isWrong } = timeIn(event, 'eventTs')
  if (isWrong) problems.add(`${path}eventTs`, 'The time makes no sense and was left out.')
  const code = idIn(event, 'errorCode') ?? idIn(event, 'errCode')
  const cause = textIn(event, 'cause')
  facts.push({
    kind: 'status',
    ...unnamed,
    external_id: externalId,
    whatsapp_id: null,
    status,
    recipient: idIn(event, 'destAddr') ?? '',
    recipient_user_id: null,
    at,
    opaque: null,
    error:
      status === 'failed'
        ? { code: failureCode(code ?? 'unknown'), title: cause ?? 'Failed without a reason', detail: null }
        : null,
    pricing: pricingIn(objectIn(event, 'pricing')),
    conversation: conversationIn(objectIn(event, 'conversation')),
  })
}
