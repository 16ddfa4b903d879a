import type { OutgoingMessage } from '../channel.ts'
import { property, text } from '../meta/read-error.ts'
import { listAt } from './list-at.ts'
import { type Wording, wordInteractive } from './word-interactive.ts'
import { wordTemplate } from './word-template.ts'

export type WordedMessage =
  | { ok: true; path: string; destination: string; fields: Record<string, string> }
  | { ok: false; reason: string }

/**
 * A message in Meta's form as Gupshup's v1 form wants it. The quoted message and our callback data are left out: v1 has
 * no field for either.
 */
export function wordMessage({ payload, template_external_id }: OutgoingMessage): WordedMessage {
  const destination = text(payload.to)
  if (destination === null) {
    return { ok: false, reason: 'Gupshup sends to phone numbers only, and this person has shown none.' }
  }
  const type = text(payload.type) ?? ''
  if (type === 'template') {
    const worded = wordTemplate(payload.template, template_external_id)
    return worded.ok
      ? { ok: true, path: '/wa/api/v1/template/msg', destination, fields: worded.fields }
      : worded
  }
  const worded = wordSession(type, property(payload, type))
  if (!worded.ok) return worded
  const fields = { message: JSON.stringify(worded.message) }
  return { ok: true, path: '/wa/api/v1/msg', destination, fields }
}

/** `message` of the session API. https://docs.gupshup.io/reference/msg, read 2026-10-01. */
function wordSession(type: string, body: unknown): Wording {
  switch (type) {
    case 'text': {
      const previewUrl = property(body, 'preview_url') === true
      return worded({ type, text: text(property(body, 'body')) ?? '', previewUrl })
    }
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return wordFile(type, body)
    case 'location':
      return worded({ type, ...pick(body, ['longitude', 'latitude', 'name', 'address']) })
    case 'contacts': {
      const contacts = listAt(body)
      if (contacts.length === 1) return worded({ type: 'contact', contact: contacts[0] })
      return { ok: false, reason: 'Gupshup sends one contact card at a time.' }
    }
    case 'reaction': {
      const emoji = text(property(body, 'emoji')) ?? ''
      return worded({ type, msgId: property(body, 'message_id'), emoji })
    }
    case 'interactive':
      return wordInteractive(body)
    default:
      return { ok: false, reason: `Gupshup has no message of the type ${type}.` }
  }
}

function wordFile(type: string, body: unknown): Wording {
  const url = text(property(body, 'link'))
  if (url === null)
    return { ok: false, reason: 'Gupshup fetches files from a web address: give a link, not an id.' }
  const caption = text(property(body, 'caption'))
  const told = caption === null ? {} : { caption }
  if (type === 'image') return worded({ type, originalUrl: url, previewUrl: url, ...told })
  if (type !== 'document') return worded({ type, url, ...(type === 'video' ? told : {}) })
  const filename = text(property(body, 'filename')) ?? nameIn(url)
  return worded({ type: 'file', url, filename, ...told })
}

/** The last step of the address: a file without a name would be shown as "Untitled". */
function nameIn(url: string): string {
  const last = URL.canParse(url) ? new URL(url).pathname.split('/').at(-1) : ''
  return last === undefined || last === '' ? 'document' : last
}

function pick(body: unknown, keys: readonly string[]): Record<string, unknown> {
  const found = keys.map((key) => [key, property(body, key)] as const)
  return Object.fromEntries(found.filter(([, value]) => value !== undefined))
}

function worded(message: Record<string, unknown>): Wording {
  return { ok: true, message }
}
