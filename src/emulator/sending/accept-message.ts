import type { Emulator } from '../emulator.ts'
import { type Fault, fault } from '../faults/faults.ts'
import type { AcceptedRecord, PlannedStatus } from '../journal/records.ts'
import { type Json, textIn } from '../json.ts'
import type { BusinessNumber } from '../world/accounts.ts'
import { nowMs } from '../world/clock.ts'
import type { MessageKind } from '../world/ledger.ts'
import type { Template } from '../world/templates.ts'
import { checkMessage } from './check-message.ts'
import { checkTemplate } from './check-template.ts'
import { type Outcome, outcomeOf } from './outcomes.ts'
import { type Recipient, recipientOf } from './recipient.ts'
import { followPlan, planStatuses, windowOf } from './schedule-statuses.ts'
import type { SentMessage } from './tell-status.ts'

export interface Accepted {
  sequence: number
  wamid: string
  number: BusinessNumber
  recipient: Recipient
  isTemplate: boolean
  isAnswerLost: boolean
  /** Kept back while WhatsApp watches how the template is received. */
  isHeld: boolean
}

/** One message through every gate, in Meta's order; answers what was accepted or why it was not. */
export function acceptMessage(emulator: Emulator, number: BusinessNumber, body: Json): Accepted | Fault {
  if (body.messaging_product !== 'whatsapp') {
    return fault(131008, 'Required parameter is missing: messaging_product.')
  }
  const atMs = nowMs()
  const throttled = throughputFault(emulator, number, atMs)
  if (throttled !== undefined) return throttled
  const recipient = recipientOf(emulator.world, number, body)
  if ('code' in recipient) return recipient
  const type = textIn(body, 'type') ?? 'text'
  const invalid = checkMessage(emulator.world, type, body)
  if (invalid !== undefined) return invalid
  const template = type === 'template' ? checkTemplate(emulator.world, number.wabaId, body) : undefined
  if (template !== undefined && 'code' in template) return template
  const outcome = emulator.world.settings.magic_recipients ? outcomeOf(recipient.phone) : undefined
  const hadOpenWindow = windowOf(emulator, number, recipient.phone, atMs)
  const refused =
    recipientFault(emulator, number, { recipient, template, outcome }) ??
    limitFault(emulator, number, recipient, template !== undefined && !hadOpenWindow, atMs)
  if (refused !== undefined) return refused
  return enter(emulator, { number, recipient, type, template, outcome, hadOpenWindow, body, atMs })
}

interface Entering {
  number: BusinessNumber
  recipient: Recipient
  type: string
  template: Template | undefined
  outcome: Outcome | undefined
  hadOpenWindow: boolean
  body: Json
  atMs: number
}

function enter(emulator: Emulator, entering: Entering): Accepted {
  const { ledger, settings } = emulator.world
  const { number, recipient, template, body, outcome, atMs, hadOpenWindow } = entering
  const { phone } = recipient
  number.movingSecond?.take(atMs)
  const kind: MessageKind = {
    type: entering.type,
    templateName: template?.name,
    templateLanguage: template?.language,
    category: categoryOf(template),
  }
  const opaque = textIn(body, 'biz_opaque_callback_data')
  const message = {
    numberIndex: number.ledgerIndex,
    recipient: Number(phone),
    kindIndex: ledger.kindIndex(kind),
    opaque,
    hadOpenWindow,
    body,
  }
  const sequence = ledger.accept(message, atMs, settings.bodies_kept)
  const wamid = ledger.wamids.outbound(phone, sequence)
  const sent: SentMessage = { sequence, wamid, number, phone, kind, opaque, hadOpenWindow }
  const plan = planStatuses(emulator, sent, outcome)
  emulator.journal?.note(recordOf(sent, atMs, plan, settings.bodies_kept > 0 ? body : null))
  followPlan(emulator, sent, plan)
  if (emulator.live.isWatched) {
    emulator.live.publish({ type: 'message', phone_number_id: number.id, phone, wamid })
  }
  const isAnswerLost = outcome?.isAnswerLost === true
  const isHeld = template !== undefined && outcome?.isHeld === true
  return { sequence, wamid, number, recipient, isTemplate: template !== undefined, isAnswerLost, isHeld }
}

function recordOf(
  { sequence, number, phone, kind, opaque, hadOpenWindow }: SentMessage,
  atMs: number,
  plan: PlannedStatus[],
  body: Json | null,
): AcceptedRecord {
  const { ledgerIndex } = number
  return ['accepted', sequence, atMs, ledgerIndex, phone, kind, opaque ?? null, hadOpenWindow, plan, body]
}

function categoryOf(template: Template | undefined): MessageKind['category'] {
  if (template === undefined) return 'service'
  if (template.category === 'AUTHENTICATION') return 'authentication'
  return template.category === 'MARKETING' ? 'marketing' : 'utility'
}

function throughputFault(emulator: Emulator, number: BusinessNumber, atMs: number): Fault | undefined {
  if (!emulator.world.settings.enforce_throughput) return undefined
  return number.movingSecond?.admits(atMs) === false ? fault(130429) : undefined
}

function recipientFault(
  emulator: Emulator,
  number: BusinessNumber,
  { recipient, template, outcome }: Pick<Entering, 'recipient' | 'template' | 'outcome'>,
): Fault | undefined {
  if (recipient.isUserId && template?.category === 'AUTHENTICATION') return fault(131062)
  if (number.blockedPhones.has(recipient.phone)) return fault(130403)
  if (outcome?.refusedWith === undefined) return undefined
  if (outcome.onlyOnce !== true) return fault(outcome.refusedWith)
  if (number.refusedOnce.has(recipient.phone)) return undefined
  number.refusedOnce.add(recipient.phone)
  emulator.journal?.note(['refused_once', number.id, recipient.phone])
  return fault(outcome.refusedWith)
}

function limitFault(
  emulator: Emulator,
  number: BusinessNumber,
  recipient: Recipient,
  countsTowardsLimit: boolean,
  atMs: number,
): Fault | undefined {
  const { settings, portfolios } = emulator.world
  const phone = Number(recipient.phone)
  if (settings.enforce_pair_limit) {
    if (!number.pairLimit.admits(phone, atMs)) return fault(131056)
    number.pairLimit.take(phone, atMs)
  }
  const portfolio = portfolios.get(number.portfolioId)
  if (!countsTowardsLimit || !settings.enforce_messaging_limit || portfolio === undefined) return undefined
  const { dailyRecipients, messagingLimit } = portfolio
  if (!dailyRecipients.admits(phone, messagingLimit, atMs)) {
    return fault(131048, 'The messaging limit of the business portfolio has been reached.')
  }
  dailyRecipients.take(phone, messagingLimit, atMs)
  return undefined
}
