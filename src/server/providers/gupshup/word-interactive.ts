import { property, text } from '../meta/read-error.ts'
import { listAt } from './list-at.ts'

/** `message` of the session API, or why there is none. */
export type Wording = { ok: true; message: Record<string, unknown> } | { ok: false; reason: string }

/** Reply buttons and lists. Ids travel as `postbackText`, which comes back when the person taps. */
export function wordInteractive(body: unknown): Wording {
  const kind = text(property(body, 'type')) ?? ''
  if (kind === 'button') return wordButtons(body)
  if (kind === 'list') return wordList(body)
  return { ok: false, reason: `Gupshup has no interactive message of the kind ${kind}.` }
}

function wordButtons(body: unknown): Wording {
  const header = wordHeader(property(body, 'header'))
  if (header === null) return { ok: false, reason: 'The header needs the web address of its file.' }
  const options = listAt(property(property(body, 'action'), 'buttons')).map((button) => {
    const reply = property(button, 'reply')
    return { type: 'text', title: property(reply, 'title'), postbackText: property(reply, 'id') }
  })
  const content = { ...header, text: bodyOf(body), ...footerOf(body) }
  return { ok: true, message: { type: 'quick_reply', msgid: 'reply_buttons', content, options } }
}

/** null when it is a file that has no address. */
function wordHeader(header: unknown): Record<string, unknown> | null {
  const type = text(property(header, 'type'))
  if (type === null) return { type: 'text' }
  if (type === 'text') return { type, header: property(header, 'text') }
  const file = property(header, type)
  const url = text(property(file, 'link'))
  if (url === null) return null
  if (type !== 'document') return { type, url }
  return { type: 'file', url, filename: text(property(file, 'filename')) ?? 'document' }
}

function wordList(body: unknown): Wording {
  const action = property(body, 'action')
  const items = listAt(property(action, 'sections')).map((section) => ({
    title: property(section, 'title') ?? '',
    options: listAt(property(section, 'rows')).map((row) => ({
      type: 'text',
      title: property(row, 'title'),
      description: property(row, 'description'),
      postbackText: property(row, 'id'),
    })),
  }))
  const title = text(property(property(body, 'header'), 'text')) ?? ''
  const label = text(property(action, 'button')) ?? 'Options'
  const message = {
    type: 'list',
    title,
    body: bodyOf(body),
    ...(footerOf(body).caption === undefined ? {} : { footer: footerOf(body).caption }),
    msgid: 'list',
    globalButtons: [{ type: 'text', title: label }],
    items,
  }
  return { ok: true, message }
}

function bodyOf(body: unknown): string {
  return text(property(property(body, 'body'), 'text')) ?? ''
}

/** Quick replies call the footer a caption. */
function footerOf(body: unknown): { caption?: string } {
  const footer = text(property(property(body, 'footer'), 'text'))
  return footer === null ? {} : { caption: footer }
}
