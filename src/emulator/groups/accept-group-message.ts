import type { Emulator } from '../emulator.ts'
import { type Fault, fault, statusError } from '../faults/faults.ts'
import { type Json, textIn } from '../json.ts'
import { checkMessage } from '../sending/check-message.ts'
import { checkTemplate } from '../sending/check-template.ts'
import type { BusinessNumber } from '../world/accounts.ts'
import { epochSeconds } from '../world/clock.ts'
import { type Group, newGroupWamid } from '../world/groups.ts'

const WINDOW_MS = 24 * 3_600_000
const STEP_MS = 150

/** Taken over for a group; the answer in Meta's words. */
export interface AcceptedForGroup {
  groupAnswer: string
}

/** A message with `recipient_type: "group"`: one `sent`, then each person's own `delivered` and `read`. */
export function acceptGroupMessage(
  emulator: Emulator,
  number: BusinessNumber,
  body: Json,
): AcceptedForGroup | Fault {
  if (body.messaging_product !== 'whatsapp')
    return fault(131008, 'Required parameter is missing: messaging_product.')
  const group = emulator.world.groups.get(textIn(body, 'to') ?? '')
  if (group === undefined || group.phoneNumberId !== number.id)
    return fault(131009, 'Invalid parameter value: to is not a group of this number.')
  const type = textIn(body, 'type') ?? 'text'
  const invalid = checkMessage(emulator.world, type, body)
  if (invalid !== undefined) return invalid
  const template = type === 'template' ? checkTemplate(emulator.world, number.wabaId, body) : undefined
  if (template !== undefined && 'code' in template) return template
  const wamid = newGroupWamid()
  group.messages.push({ wamid, from: null, message: body })
  const isOpen = group.lastInboundMs !== undefined && Date.now() - group.lastInboundMs < WINDOW_MS
  const told = { wamid, opaque: textIn(body, 'biz_opaque_callback_data') }
  if (template === undefined && !isOpen) tellFailed(emulator, number, group, told)
  else tellReceived(emulator, number, group, told)
  return { groupAnswer: answerOf(group, wamid) }
}

interface Told {
  wamid: string
  opaque: string | undefined
}

function tellReceived(emulator: Emulator, number: BusinessNumber, group: Group, told: Told): void {
  const pricing = {
    ...{ billable: false, pricing_model: 'PMP' },
    ...{ type: 'free_customer_service', category: 'group_service' },
  }
  const steps = [
    { status: 'sent', pricing },
    ...group.participants.map((phone) => ({ status: 'delivered', recipient_participant_id: phone, pricing })),
    ...group.participants.map((phone) => ({ status: 'read', recipient_participant_id: phone })),
  ]
  for (const [index, step] of steps.entries())
    emulator.timetable.after((index + 1) * STEP_MS, () => tellStatus(emulator, number, group, told, step))
}

function tellFailed(emulator: Emulator, number: BusinessNumber, group: Group, told: Told): void {
  const step = { status: 'failed', errors: [statusError(131047)] }
  emulator.timetable.after(STEP_MS, () => tellStatus(emulator, number, group, told, step))
}

function tellStatus(
  emulator: Emulator,
  number: BusinessNumber,
  group: Group,
  { wamid, opaque }: Told,
  step: Record<string, unknown>,
): void {
  emulator.callbacks.tell({
    wabaId: number.wabaId,
    field: 'messages',
    entrySeconds: undefined,
    content: {
      kind: 'number',
      phoneNumberId: number.id,
      displayPhone: number.phone,
      list: 'statuses',
      item: {
        ...{ id: wamid, timestamp: String(epochSeconds(Date.now())) },
        ...{ recipient_id: group.id, recipient_type: 'group' },
        ...(opaque === undefined ? {} : { biz_opaque_callback_data: opaque }),
        ...step,
      },
      contact: undefined,
    },
  })
}

function answerOf(group: Group, wamid: string): string {
  return JSON.stringify({
    messaging_product: 'whatsapp',
    contacts: [{ input: group.id, wa_id: group.id }],
    messages: [{ id: wamid, group_id: group.id }],
  })
}
