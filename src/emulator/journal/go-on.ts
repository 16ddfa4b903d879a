import type { Emulator } from '../emulator.ts'
import { scheduleReview } from '../graph/review-template.ts'
import { followPlan } from '../sending/schedule-statuses.ts'
import { sentMessageOf } from '../sending/tell-status.ts'
import type { Owed } from './recall.ts'
import type { Debt } from './records.ts'

/** Takes up what the last process left: statuses to come, callbacks that nobody took, templates under review. */
export function goOn(emulator: Emulator, { plans, debts }: Owed): void {
  const { world, journal } = emulator
  for (const [sequence, plan] of plans) {
    const entry = world.ledger.entry(sequence)
    const number = world.numbers.get(entry?.phoneNumberId ?? '')
    if (entry === undefined || number === undefined) continue
    followPlan(emulator, sentMessageOf(entry, number), plan)
  }
  for (const [id, debt] of debts) tellAgain(emulator, debt, () => journal?.note(['heard', id]))
  for (const template of world.templates.all())
    if (template.status === 'PENDING') scheduleReview(emulator, template)
}

function tellAgain({ world, callbacks }: Emulator, debt: Debt, onHeard: () => void): void {
  if ('update' in debt) callbacks.tell({ ...debt.update, onHeard })
  else if ('base64' in debt) callbacks.tellRaw(debt, onHeard)
  else {
    const app = world.gupshupApps.get(debt.gupshupAppWaba)
    if (app === undefined) onHeard()
    else callbacks.gupshup.tellEvent(app, debt.event, onHeard)
  }
}
