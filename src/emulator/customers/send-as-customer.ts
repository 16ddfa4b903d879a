import type { Update } from '../callbacks/updates.ts'
import type { Emulator } from '../emulator.ts'
import type { BusinessNumber } from '../world/accounts.ts'
import { epochSeconds, nowMs } from '../world/clock.ts'
import { type Customer, profileOf } from '../world/customers.ts'
import { userIdOf } from '../world/identifiers.ts'
import { type CustomerMessage, contentOf } from './customer-message.ts'

/** Puts a customer's message on its way to the business and answers its wamid. */
export function sendAsCustomer(
  emulator: Emulator,
  number: BusinessNumber,
  customer: Customer,
  sent: CustomerMessage,
): string {
  const { world } = emulator
  const atMs = nowMs()
  const wamid = sent.id ?? world.ledger.wamids.inbound(customer.phone)
  const message: Record<string, unknown> = {}
  if (!customer.hidesPhone) message.from = customer.phone
  if (world.settings.user_ids || customer.hidesPhone) {
    message.from_user_id = userIdOf(number.portfolioId, customer.phone)
  }
  message.id = wamid
  message.timestamp = String(sent.timestamp ?? epochSeconds(Date.now()))
  if (sent.context_message_id !== undefined) {
    message.context = { from: number.phone, id: sent.context_message_id }
  }
  Object.assign(message, contentOf(emulator, number, sent))
  if (!number.blockedPhones.has(customer.phone)) {
    customer.lastInboundMs.set(number.id, Date.now())
    number.movingSecond?.take(atMs)
    tellInbound(emulator, number, customer, message)
  }
  const { phone } = customer
  const inbound = { wamid, atMs, phoneNumberId: number.id, phone, message, readByBusiness: false }
  world.customers.keep(inbound)
  emulator.journal?.note(['inbound', world.ledger.wamids.inboundCount, inbound])
  emulator.live.publish({ type: 'message', phone_number_id: number.id, phone, wamid })
  return wamid
}

/** Tells the business, as late and as often as the switches say. */
export function tellInbound(
  emulator: Emulator,
  number: BusinessNumber,
  customer: Customer,
  message: Record<string, unknown>,
): void {
  const { settings, chance } = emulator.world
  const update: Update = {
    wabaId: number.wabaId,
    field: 'messages',
    entrySeconds: undefined,
    content: {
      kind: 'number',
      phoneNumberId: number.id,
      displayPhone: number.phone,
      list: 'messages',
      item: message,
      contact: contactOf(emulator, number, customer),
    },
  }
  const tellAfter = (delayMs: number, copy: Update): void => {
    emulator.callbacks.owe(copy)
    emulator.timetable.after(delayMs, () => emulator.callbacks.tell(copy))
  }
  if (chance.happens(settings.late_probability)) tellAfter(settings.late_by_ms, update)
  else emulator.callbacks.tell(update)
  if (chance.happens(settings.duplicate_probability))
    tellAfter(chance.number() * 1000, { ...update, onHeard: undefined })
}

function contactOf(emulator: Emulator, number: BusinessNumber, customer: Customer): Record<string, unknown> {
  const contact: Record<string, unknown> = { profile: profileOf(customer) }
  if (!customer.hidesPhone) contact.wa_id = customer.phone
  if (emulator.world.settings.user_ids || customer.hidesPhone) {
    contact.user_id = userIdOf(number.portfolioId, customer.phone)
  }
  return contact
}

/** Stops or resumes marketing messages, as the menu on the phone does. */
export function preferMarketing(
  emulator: Emulator,
  number: BusinessNumber,
  customer: Customer,
  value: 'stop' | 'resume',
): void {
  if (value === 'stop') customer.stoppedNumberIds.add(number.id)
  else customer.stoppedNumberIds.delete(number.id)
  const contact = contactOf(emulator, number, customer)
  const item: Record<string, unknown> = {
    detail: `User requested to ${value} marketing messages`,
    category: 'marketing_messages',
    value,
    timestamp: epochSeconds(Date.now()),
  }
  if (contact.wa_id !== undefined) item.wa_id = contact.wa_id
  if (contact.user_id !== undefined) item.user_id = contact.user_id
  emulator.callbacks.tell({
    wabaId: number.wabaId,
    field: 'user_preferences',
    entrySeconds: undefined,
    content: {
      kind: 'number',
      phoneNumberId: number.id,
      displayPhone: number.phone,
      list: 'user_preferences',
      item,
      contact,
    },
  })
}
