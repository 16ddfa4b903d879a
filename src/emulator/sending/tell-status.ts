import type { Emulator } from '../emulator.ts'
import { statusError } from '../faults/faults.ts'
import type { BusinessNumber } from '../world/accounts.ts'
import { epochSeconds } from '../world/clock.ts'
import type { Customer } from '../world/customers.ts'
import { profileOf } from '../world/customers.ts'
import { userIdOf } from '../world/identifiers.ts'
import type { LedgerEntry, MessageKind } from '../world/ledger.ts'
import type { Settings } from '../world/settings.ts'
import type { Step } from './outcomes.ts'

export interface SentMessage {
  sequence: number
  wamid: string
  number: BusinessNumber
  phone: string
  kind: MessageKind
  opaque: string | undefined
  hadOpenWindow: boolean
}

interface Status {
  state: Step['state']
  errorCode: number | undefined
  onHeard?: (() => void) | undefined
}

export function sentMessageOf(entry: LedgerEntry, number: BusinessNumber): SentMessage {
  const { sequence, wamid, to: phone, kind, opaque, hadOpenWindow } = entry
  return { sequence, wamid, number, phone, kind, opaque, hadOpenWindow }
}

/** Tells one status in Meta's shape, at any time and in any order. */
export function tellStatus(
  emulator: Emulator,
  message: SentMessage,
  { state, errorCode, onHeard }: Status,
): void {
  const { world, callbacks, live } = emulator
  const { number } = message
  world.ledger.setState(message.sequence, state, errorCode)
  const customer = world.customers.find(message.phone)
  callbacks.tell({
    wabaId: number.wabaId,
    field: 'messages',
    entrySeconds: undefined,
    content: {
      kind: 'number',
      phoneNumberId: number.id,
      displayPhone: number.phone,
      list: 'statuses',
      item: statusItem(emulator, message, state, errorCode, customer),
      contact: state === 'failed' ? undefined : contactOf(world.settings, number, message.phone, customer),
    },
    onHeard,
  })
  if (live.isWatched) {
    live.publish({
      type: 'status',
      phone_number_id: number.id,
      phone: message.phone,
      wamid: message.wamid,
      status: state,
    })
  }
}

function statusItem(
  emulator: Emulator,
  message: SentMessage,
  state: Step['state'],
  errorCode: number | undefined,
  customer: Customer | undefined,
): Record<string, unknown> {
  const item: Record<string, unknown> = {
    id: message.wamid,
    status: state,
    timestamp: String(epochSeconds(Date.now())),
  }
  if (customer?.hidesPhone !== true) item.recipient_id = message.phone
  if (emulator.world.settings.user_ids) {
    item.recipient_user_id = userIdOf(message.number.portfolioId, message.phone)
  }
  if (message.opaque !== undefined) item.biz_opaque_callback_data = message.opaque
  if (state === 'sent' || state === 'delivered') item.pricing = pricingOf(message)
  if (state === 'failed') item.errors = [statusError(errorCode ?? 131000)]
  return item
}

function pricingOf(message: SentMessage): Record<string, unknown> {
  const { category } = message.kind
  const isFree = category === 'service' || (category === 'utility' && message.hadOpenWindow)
  const type = isFree ? 'free_customer_service' : 'regular'
  return { billable: !isFree, pricing_model: 'PMP', type, category }
}

function contactOf(
  settings: Settings,
  number: BusinessNumber,
  phone: string,
  customer: Customer | undefined,
): Record<string, unknown> | undefined {
  if (!settings.user_ids) return undefined
  const contact: Record<string, unknown> = { user_id: userIdOf(number.portfolioId, phone) }
  if (customer?.hidesPhone !== true) contact.wa_id = phone
  if (customer !== undefined) contact.profile = profileOf(customer)
  return contact
}
