import type { Emulator } from '../emulator.ts'
import { statusError } from '../faults/faults.ts'
import type { BusinessNumber } from '../world/accounts.ts'
import { epochSeconds } from '../world/clock.ts'
import { type Customer, hasOpenWindow } from '../world/customers.ts'
import { userIdOf } from '../world/identifiers.ts'
import type { MessageKind } from '../world/ledger.ts'
import type { Settings } from '../world/settings.ts'
import { ORDINARY_STEPS, type Outcome, type Step } from './outcomes.ts'

export interface SentMessage {
  sequence: number
  wamid: string
  number: BusinessNumber
  phone: string
  kind: MessageKind
  opaque: string | undefined
  hadOpenWindow: boolean
}

/** Sets the statuses of a just accepted message on their way. */
export function scheduleStatuses(
  emulator: Emulator,
  message: SentMessage,
  outcome: Outcome | undefined,
): void {
  const { settings, chance } = emulator.world
  if (settings.statuses === 'none') return
  for (const step of stepsOf(emulator, message, outcome)) {
    const dueMs = chance.spread(delayOf(settings, step), settings.delay_jitter) + detourMs(emulator)
    emulator.timetable.after(dueMs, () => tellStatus(emulator, message, step.state, step.errorCode))
    if (chance.happens(settings.duplicate_probability)) {
      const againMs = dueMs + chance.number() * 1000
      emulator.timetable.after(againMs, () => tellStatus(emulator, message, step.state, step.errorCode))
    }
  }
}

/** Tells one status, at any time and in any order. */
export function tellStatus(
  emulator: Emulator,
  message: SentMessage,
  state: Step['state'],
  errorCode: number | undefined,
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

export function profileOf(customer: Customer): Record<string, unknown> {
  return customer.username === undefined
    ? { name: customer.name }
    : { name: customer.name, username: customer.username }
}

function stepsOf(emulator: Emulator, message: SentMessage, outcome: Outcome | undefined): readonly Step[] {
  const { settings, chance } = emulator.world
  const failure = failureOf(emulator, message)
  if (failure !== undefined) return [{ state: 'failed', delay: 'sent', errorCode: failure }]
  const steps = outcome?.steps ?? ORDINARY_STEPS
  const customer = emulator.world.customers.find(message.phone)
  const reachesPhone =
    message.kind.type !== 'reaction' && customer?.blockedNumberIds.has(message.number.id) !== true
  if (settings.statuses === 'sent' || !reachesPhone) return steps.filter((step) => step.state === 'sent')
  if (outcome?.steps !== undefined) return steps
  return steps.filter((step) => {
    if (step.state === 'delivered') return !chance.happens(settings.missing_delivered_probability)
    return step.state !== 'read' || chance.happens(settings.read_probability)
  })
}

/** What Meta notices only after it has accepted. */
function failureOf(emulator: Emulator, message: SentMessage): number | undefined {
  const { kind, number, phone } = message
  const { settings, customers } = emulator.world
  const isTemplate = kind.type === 'template'
  if (!isTemplate && settings.enforce_window && !message.hadOpenWindow) return 131047
  const hasStopped = kind.category === 'marketing' && customers.find(phone)?.stoppedNumberIds.has(number.id)
  return hasStopped === true ? 131050 : undefined
}

function delayOf(settings: Settings, step: Step): number {
  if (step.delay === 'sent') return settings.sent_after_ms
  return step.delay === 'delivered' ? settings.delivered_after_ms : settings.read_after_ms
}

/** How much longer this status takes when callbacks come late or out of order. */
function detourMs(emulator: Emulator): number {
  const { settings, chance } = emulator.world
  let extraMs = 0
  if (chance.happens(settings.disorder_probability)) extraMs += chance.number() * settings.disorder_by_ms
  if (chance.happens(settings.late_probability)) extraMs += settings.late_by_ms
  return extraMs
}

export function windowOf(emulator: Emulator, number: BusinessNumber, phone: string, atMs: number): boolean {
  return hasOpenWindow(emulator.world.customers.find(phone), number.id, atMs)
}
