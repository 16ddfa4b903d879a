import type {
  MessageContent,
  MessageId,
  SendMessage,
  TemplateComponent,
  TemplateToSend,
} from '../../contract/index.ts'
import { findContact, type Identity, upsertContact } from '../contacts/index.ts'
import { priorities, queueMessage, recordReaction } from '../messages/index.ts'
import { type Actor, type Db, ParleyError } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { type SendingNumber, type SendingTemplate, selectNumber, selectTemplate } from './queries.ts'
import { refuseUnreachable, windowClosed } from './reachability.ts'

/** What sending must know of templates; the room of templates stands on the same step, so the app hands it in. */
export interface TemplateRules {
  checkParameters(
    template: { components: readonly TemplateComponent[] },
    toSend: TemplateToSend,
  ): { key: string; message: string }[]
  valuesOf(components: readonly TemplateComponent[], toSend: TemplateToSend): Record<string, string>
  renderPreview(
    components: readonly TemplateComponent[],
    values: Record<string, string>,
  ): { body: string; buttons: unknown[] }
}

/** Numbers and templates that a batch asks for again and again; what they are holds for one transaction. */
export interface Lookups {
  numbers: Map<string, Promise<SendingNumber>>
  templates: Map<string, Promise<SendingTemplate | null>>
}

/**
 * Checks one message and queues it, in the caller's transaction. Throws validation_failed, not_found,
 * connector_disconnected, window_closed, recipient_opted_out, template_not_approved, template_parameters_wrong: all
 * before anything of the message is written.
 */
export async function acceptMessage(
  ctx: ServerCtx,
  db: Db,
  actor: Actor,
  { input, rules, lookups = newLookups() }: { input: SendMessage; rules: TemplateRules; lookups?: Lookups },
): Promise<MessageId> {
  const { workspaceId } = actor
  refuseFarAhead(input.send_at, ctx.clock.now())
  const number = await once(lookups.numbers, input.number_id, () => sendingNumber(db, actor, input.number_id))
  const template =
    input.type === 'template'
      ? await approvedTemplate(db, actor, { number, toSend: input.template, rules, lookups })
      : null
  const recipient = recipientOf(input, template)
  const identity: Identity = { ...recipient, source: 'api' }
  // Who never wrote has no window; a contact made here would outlive the refusal in a batch.
  if (template === null && (await findContact(db, workspaceId, identity)) === null) throw windowClosed()
  const contact = await upsertContact(db, workspaceId, identity)
  const thread = { number_id: number.id, contact_id: contact.id }
  await refuseUnreachable(db, workspaceId, thread, template?.category ?? null)
  if (input.type === 'reaction') {
    const { message_id, emoji } = input.reaction
    const reaction = { number_id: number.id, target_external_id: message_id, emoji, at: ctx.clock.now() }
    await recordReaction(db, workspaceId, { ...reaction, direction: 'out' })
  }
  const { id } = await queueMessage(db, workspaceId, {
    ...thread,
    to_phone: recipient.phone,
    to_user_id: recipient.user_id,
    origin: 'api',
    type: input.type,
    content: contentOf(input, template, rules),
    priority: priorities.api,
    sent_by: actor.id,
    ...(template === null ? {} : { template_id: template.id, category: template.category }),
    ...(input.context === undefined ? {} : { context_external_id: input.context.message_id }),
    ...nextAtOf(input.send_at, ctx.clock.now()),
  })
  return id
}

/** WhatsApp sends codes to phones only: https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids, read 2026-02-06. */
function recipientOf(
  { to, recipient }: SendMessage,
  template: SendingTemplate | null,
): { phone: string | null; user_id: string | null } {
  if (to === undefined && template?.category === 'AUTHENTICATION') {
    const message = 'Authentication templates can be sent to a phone only.'
    throw new ParleyError('validation_failed', message, { fields: [{ path: 'recipient', message }] })
  }
  return { phone: to ?? null, user_id: recipient ?? null }
}

export function newLookups(): Lookups {
  return { numbers: new Map(), templates: new Map() }
}

function once<Found>(
  known: Map<string, Promise<Found>>,
  key: string,
  look: () => Promise<Found>,
): Promise<Found> {
  const found = known.get(key) ?? look()
  known.set(key, found)
  return found
}

async function sendingNumber(db: Db, actor: Actor, numberId: string): Promise<SendingNumber> {
  const number = await selectNumber(db, actor.workspaceId, numberId)
  if (number === null) throw new ParleyError('not_found', 'There is no number with this id.')
  if (!number.is_sending) {
    throw new ParleyError(
      'connector_disconnected',
      'The number is disconnected. Reconnect it to send from it.',
    )
  }
  return number
}

async function approvedTemplate(
  db: Db,
  actor: Actor,
  {
    number,
    toSend,
    rules,
    lookups,
  }: { number: SendingNumber; toSend: TemplateToSend; rules: TemplateRules; lookups: Lookups },
): Promise<SendingTemplate> {
  const { name, language } = toSend
  const key = { connector_id: number.connector_id, name, language: language.code }
  const template = await once(lookups.templates, JSON.stringify(key), () =>
    selectTemplate(db, actor.workspaceId, key),
  )
  if (template === null || template.status !== 'APPROVED') {
    const state = template === null ? 'does not exist in this language' : `is ${template.status}`
    throw new ParleyError('template_not_approved', `The template ${name} (${language.code}) ${state}.`, {
      status: template?.status ?? null,
    })
  }
  const problems = rules.checkParameters(template, toSend)
  if (problems.length > 0) {
    const told = problems.map(({ key, message }) => `${key}: ${message}`).join(' ')
    throw new ParleyError('template_parameters_wrong', told, { problems })
  }
  return template
}

/** A time that has passed means now: nobody gets ahead of the queue by it. */
function nextAtOf(sendAt: string | undefined, now: Date): { next_at?: Date } {
  return sendAt === undefined || Date.parse(sendAt) <= now.getTime() ? {} : { next_at: new Date(sendAt) }
}

const daysAheadMax = 30

/** Throws validation_failed naming the field. */
function refuseFarAhead(sendAt: string | undefined, now: Date): void {
  if (sendAt === undefined || Date.parse(sendAt) <= now.getTime() + daysAheadMax * 86_400_000) return
  const message = `at most ${daysAheadMax} days ahead`
  throw new ParleyError('validation_failed', `send_at must be ${message}.`, {
    fields: [{ path: 'send_at', message }],
  })
}

/** Meta's object under the name of its type; for a template also how it reads, for the thread. */
function contentOf(
  input: SendMessage,
  template: SendingTemplate | null,
  rules: TemplateRules,
): MessageContent {
  if (input.type === 'template') {
    const components = template?.components ?? []
    const preview = rules.renderPreview(components, rules.valuesOf(components, input.template))
    return { template: input.template, text: { body: preview.body }, preview }
  }
  const { number_id: _number, to: _to, recipient: _recipient, ...said } = input
  const { context: _context, send_at: _at, type: _type, ...content } = said
  return content
}
