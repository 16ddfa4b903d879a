import { randomUUID } from 'node:crypto'
import type { Emulator } from '../emulator.ts'
import { type Fault, httpStatusOf, statusError } from '../faults/faults.ts'
import { type Json, textIn } from '../json.ts'
import { acceptMessage } from '../sending/accept-message.ts'
import { type GupshupApp, gsIdOf } from '../world/gupshup-apps.ts'
import type { Refusal } from './authorize-app.ts'
import { enqueuedPassThrough, failedPassThrough } from './pass-through.ts'
import { enqueuedEvent, failedEvent } from './word-update.ts'

export interface Submitted {
  gsId: string
  /** In the ledger; undefined when the message fails without having been sent. */
  sequence: number | undefined
  isAnswerLost: boolean
}

/**
 * Takes a message over for an app. What Meta refuses at once, Gupshup tells later, as a failed message; only too much
 * speed and its own trouble it says in the answer.
 */
export function sendForApp(emulator: Emulator, app: GupshupApp, body: Json): Submitted | Refusal {
  const { settings, chance } = emulator.world
  if (chance.happens(settings.refuse_probability)) return { status: 500, message: 'Internal Server Error' }
  if (chance.happens(settings.throttle_probability)) return { status: 429, message: 'Too Many Requests' }
  const destination = textIn(body, 'to') ?? ''
  const accepted = acceptMessage(emulator, app.number, { messaging_product: 'whatsapp', ...body })
  if ('code' in accepted) return refuseOrTell(emulator, app, { destination, refused: accepted })
  const { wamid, sequence, isAnswerLost, isTemplate } = accepted
  const event =
    app.callback.version === 3
      ? enqueuedPassThrough(app, wamid, destination)
      : enqueuedEvent(app, wamid, { destination, type: isTemplate ? 'template' : 'session' })
  if (settings.statuses !== 'none') emulator.callbacks.gupshup.tellEvent(app, event)
  return { gsId: gsIdOf(wamid), sequence, isAnswerLost }
}

function refuseOrTell(
  emulator: Emulator,
  app: GupshupApp,
  { destination, refused }: { destination: string; refused: Fault },
): Submitted | Refusal {
  const { refusals } = emulator.world
  refusals.set(refused.code, (refusals.get(refused.code) ?? 0) + 1)
  emulator.journal?.note(['refused', refused.code, 1])
  if (refused.code === 130429) return { status: 429, message: 'Too Many Requests' }
  if (httpStatusOf(refused) >= 500) return { status: 500, message: 'Internal Server Error' }
  const gsId = randomUUID()
  const failed = { id: gsId, destination, code: refused.code, reason: reasonOf(refused) }
  const event = app.callback.version === 3 ? failedPassThrough(app, failed) : failedEvent(app, failed)
  emulator.callbacks.gupshup.tellEvent(app, event)
  return { gsId, sequence: undefined, isAnswerLost: false }
}

function reasonOf({ code, details, message }: Fault): string {
  return details ?? message ?? String(statusError(code).title)
}
