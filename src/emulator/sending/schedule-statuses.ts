import type { Emulator } from '../emulator.ts'
import type { BusinessNumber } from '../world/accounts.ts'
import { hasOpenWindow } from '../world/customers.ts'
import type { Settings } from '../world/settings.ts'
import { ORDINARY_STEPS, type Outcome, type Step } from './outcomes.ts'
import { type SentMessage, tellStatus } from './tell-status.ts'

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
