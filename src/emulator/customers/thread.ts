import type { Emulator } from '../emulator.ts'
import { isJson, type Json, objectIn, objectsIn, textIn } from '../json.ts'
import type { BusinessNumber } from '../world/accounts.ts'
import { epochSeconds } from '../world/clock.ts'
import type { LedgerEntry } from '../world/ledger.ts'
import type { Template, TemplateComponent } from '../world/templates.ts'
import { componentOf } from '../world/templates.ts'

interface ThreadMessage {
  wamid: string
  from: 'business' | 'customer'
  at: string
  type: string
  /** As the phone shows it; empty when the body is no longer kept. */
  text: string
  state?: string
  error_code?: number
  read_by_business?: boolean
  header?: string
  footer?: string
  media?: Json
  buttons?: ThreadButton[]
  list?: Json
  quoted?: string
  reaction?: { message_id: string; emoji: string }
  language?: string
}

interface ThreadButton {
  kind: 'template_button' | 'button_reply' | 'url' | 'phone' | 'copy_code'
  text: string
  id: string
}

const MESSAGES_MAX = 300

/** What the customer's phone shows of her chat with one number, oldest first. */
export function threadOf(emulator: Emulator, number: BusinessNumber, phone: string): ThreadMessage[] {
  const { ledger, customers } = emulator.world
  const { recipients, numberIndexes } = ledger
  const wanted = Number(phone)
  const outbound: { atMs: number; message: ThreadMessage }[] = []
  for (let at = recipients.length - 1; at >= 0 && outbound.length < MESSAGES_MAX; at -= 1) {
    if (recipients[at] !== wanted || numberIndexes[at] !== number.ledgerIndex) continue
    const entry = ledger.entryAt(at)
    if (entry !== undefined)
      outbound.push({ atMs: entry.acceptedMs, message: shownOutbound(emulator, number, entry) })
  }
  const inbound = customers.inbound(number.id, phone).map((each) => ({
    atMs: each.atMs,
    message: shownInbound(each.wamid, each.atMs, each.message, each.readByBusiness),
  }))
  const all = [...outbound, ...inbound].sort((left, right) => left.atMs - right.atMs)
  return all.slice(-MESSAGES_MAX).map(({ message }) => message)
}

function shownOutbound(emulator: Emulator, number: BusinessNumber, entry: LedgerEntry): ThreadMessage {
  const { kind } = entry
  const message: ThreadMessage = {
    wamid: entry.wamid,
    from: 'business',
    at: new Date(entry.acceptedMs).toISOString(),
    type: kind.type,
    text: '',
    state: entry.state,
  }
  if (entry.errorCode !== undefined) message.error_code = entry.errorCode
  if (entry.body === undefined) return message
  const quoted = textIn(objectIn(entry.body, 'context'), 'message_id')
  if (quoted !== undefined) message.quoted = quoted
  if (kind.type === 'template') {
    const template = emulator.world.templates.find(
      number.wabaId,
      kind.templateName ?? '',
      kind.templateLanguage ?? '',
    )
    return template === undefined ? message : { ...message, ...shownTemplate(template, entry.body) }
  }
  return { ...message, ...shownContent(kind.type, entry.body) }
}

function shownInbound(wamid: string, atMs: number, sent: Json, isRead: boolean): ThreadMessage {
  const type = textIn(sent, 'type') ?? 'unknown'
  const quoted = textIn(objectIn(sent, 'context'), 'id')
  return {
    wamid,
    from: 'customer',
    at: new Date(epochSeconds(atMs) * 1000).toISOString(),
    type,
    text: '',
    read_by_business: isRead,
    ...(quoted === undefined ? {} : { quoted }),
    ...shownContent(type, sent),
  }
}

function shownContent(type: string, body: Json): Partial<ThreadMessage> {
  const part = objectIn(body, type)
  switch (type) {
    case 'text':
      return { text: textIn(part, 'body') ?? '' }
    case 'image':
    case 'video':
    case 'document':
    case 'audio':
    case 'sticker':
      return { text: textIn(part, 'caption') ?? '', ...(part === undefined ? {} : { media: part }) }
    case 'reaction':
      return {
        reaction: { message_id: textIn(part, 'message_id') ?? '', emoji: textIn(part, 'emoji') ?? '' },
      }
    case 'location':
      return { text: [part?.name, part?.address].filter((word) => typeof word === 'string').join(', ') }
    case 'button':
      return { text: textIn(part, 'text') ?? '' }
    case 'interactive':
      return shownInteractive(part)
    default:
      return {}
  }
}

function shownInteractive(part: Json | undefined): Partial<ThreadMessage> {
  const reply = objectIn(part, 'button_reply') ?? objectIn(part, 'list_reply')
  if (reply !== undefined) return { text: textIn(reply, 'title') ?? '' }
  const shown: Partial<ThreadMessage> = { text: textIn(objectIn(part, 'body'), 'text') ?? '' }
  const header = textIn(objectIn(part, 'header'), 'text')
  const footer = textIn(objectIn(part, 'footer'), 'text')
  if (header !== undefined) shown.header = header
  if (footer !== undefined) shown.footer = footer
  const action = objectIn(part, 'action')
  const buttons = objectsIn(action, 'buttons').map((button): ThreadButton => {
    const answer = objectIn(button, 'reply')
    return { kind: 'button_reply', id: textIn(answer, 'id') ?? '', text: textIn(answer, 'title') ?? '' }
  })
  const link = objectIn(action, 'parameters')
  if (textIn(part, 'type') === 'cta_url') {
    buttons.push({ kind: 'url', id: textIn(link, 'url') ?? '', text: textIn(link, 'display_text') ?? '' })
  }
  if (buttons.length > 0) shown.buttons = buttons
  if (textIn(part, 'type') === 'list' && action !== undefined) shown.list = action
  return shown
}

function shownTemplate(template: Template, body: Json): Partial<ThreadMessage> {
  const asked = objectIn(body, 'template')
  const components = objectsIn(asked, 'components')
  const given = (type: string): Json | undefined =>
    components.find((component) => textIn(component, 'type')?.toLowerCase() === type)
  const header = componentOf(template.components, 'HEADER')
  const shown: Partial<ThreadMessage> = {
    text: filled(componentOf(template.components, 'BODY'), given('body')),
    language: template.language,
  }
  const footer = componentOf(template.components, 'FOOTER')?.text
  if (footer !== undefined) shown.footer = footer
  if (header?.text !== undefined) shown.header = filled(header, given('header'))
  const parameter = objectsIn(given('header'), 'parameters')[0]
  const media = parameter?.[textIn(parameter, 'type') ?? '']
  if (isJson(media)) shown.media = { ...media, kind: textIn(parameter, 'type') }
  const buttons = shownButtons(template, components)
  if (buttons.length > 0) shown.buttons = buttons
  return shown
}

/** The text of a component with its variables replaced, by name or by position. */
function filled(component: TemplateComponent | undefined, given: Json | undefined): string {
  const parameters = objectsIn(given, 'parameters')
  return (component?.text ?? '').replace(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g, (whole, name: string) => {
    const named = parameters.find((parameter) => parameter.parameter_name === name)
    const parameter = named ?? parameters[Number(name) - 1]
    return textIn(parameter, 'text') ?? textIn(objectIn(parameter, 'currency'), 'fallback_value') ?? whole
  })
}

function shownButtons(template: Template, components: Json[]): ThreadButton[] {
  return (componentOf(template.components, 'BUTTONS')?.buttons ?? []).map((button, position) => {
    const given = components.find(
      (component) =>
        textIn(component, 'type')?.toLowerCase() === 'button' && Number(component.index) === position,
    )
    const parameter = objectsIn(given, 'parameters')[0]
    const text = button.text ?? ''
    switch (button.type.toUpperCase()) {
      case 'URL': {
        const suffix = textIn(parameter, 'text') ?? ''
        return { kind: 'url', text, id: (button.url ?? '').replace(/\{\{[^}]*\}\}/, suffix) }
      }
      case 'PHONE_NUMBER':
        return { kind: 'phone', text, id: button.phone_number ?? '' }
      case 'COPY_CODE':
        return { kind: 'copy_code', text: 'Copy code', id: textIn(parameter, 'coupon_code') ?? '' }
      default:
        return { kind: 'template_button', text, id: textIn(parameter, 'payload') ?? text }
    }
  })
}
