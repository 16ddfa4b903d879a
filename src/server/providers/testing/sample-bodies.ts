/** Bodies in Meta's form, for tests; the values are this project's own. */

export const wabaId = '700100200300'
export const phoneNumberId = '800100200300'
export const customerPhone = '59899123456'
export const customerUserId = 'UY.55010000000000000077'

export function bodyOf(...entries: object[]): Buffer {
  return Buffer.from(JSON.stringify({ object: 'whatsapp_business_account', entry: entries }))
}

export function entryOf(field: string, value: unknown, more: object = {}): object {
  return { id: wabaId, ...more, changes: [{ field, value }] }
}

/** A change of the field `messages`, from a customer named Ana. */
export function messagesEntry(value: object, contact: object | null = {}): object {
  const contacts = contact && {
    contacts: [
      { profile: { name: 'Ana Pereira' }, wa_id: customerPhone, user_id: customerUserId, ...contact },
    ],
  }
  return entryOf('messages', {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '59829001234', phone_number_id: phoneNumberId },
    ...contacts,
    ...value,
  })
}

export function messageBody(message: object): Buffer {
  const common = { from: customerPhone, id: 'wamid.IN1', timestamp: '1762164000' }
  return bodyOf(messagesEntry({ messages: [{ ...common, ...message }] }))
}

export function statusBody(status: object): Buffer {
  const common = { id: 'wamid.OUT1', timestamp: '1762164000', recipient_id: customerPhone }
  return bodyOf(messagesEntry({ statuses: [{ ...common, ...status }] }))
}
