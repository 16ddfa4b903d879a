import type { Emulator } from '../emulator.ts'
import type { PlannedStatus } from '../journal/records.ts'
import type { BusinessNumber } from '../world/accounts.ts'
import { hasOpenWindow } from '../world/customers.ts'
import type { Settings } from '../world/settings.ts'
import { ORDINARY_STEPS, type Outcome, type Step } from './outcomes.ts'
import { type SentMessage, tellStatus } from './tell-status.ts'

/** Which statuses a just accepted message is to have, and when. */
export function planStatuses(
  emulator: Emulator,
  message: SentMessage,
  outcome: Outcome | undefined,
): PlannedStatus[] {
  const { settings, chance } = emulator.world
  if (settings.statuses === 'none') return []
  const nowMs = Date.now()
  const plan: PlannedStatus[] = []
  for (const { state, errorCode, delay } of stepsOf(emulator, message, outcome)) {
    const afterMs = chance.spread(delayOf(settings, delay), settings.delay_jitter) + detourMs(emulator)
    plan.push(plannedOf(state, nowMs + afterMs, errorCode))
    if (chance.happens(settings.duplicate_probability)) {
      plan.push(plannedOf(state, nowMs + afterMs + chance.number() * 1000, errorCode))
    }
  }
  return plan
}

function plannedOf(state: Step['state'], dueMs: number, errorCode: number | undefined): PlannedStatus {
  const roundMs = Math.round(dueMs)
  return errorCode === undefined ? [state, roundMs] : [state, roundMs, errorCode]
}

/** Sets planned statuses on their way; those that are due already are told at once. */
export function followPlan(emulator: Emulator, message: SentMessage, plan: readonly PlannedStatus[]): void {
  const { timetable, journal } = emulator
  const nowMs = Date.now()
  for (const [position, [state, dueMs, errorCode]] of plan.entries()) {
    const onHeard = journal && (() => journal.told(message.sequence, position))
    timetable.after(dueMs - nowMs, () => tellStatus(emulator, message, { state, errorCode, onHeard }))
  }
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

function delayOf(settings: Settings, delay: Step['delay']): number {
  if (delay === 'sent') return settings.sent_after_ms
  return delay === 'delivered' ? settings.delivered_after_ms : settings.read_after_ms
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
