import type { MessageContent } from '../../contract/index.ts'

const lengthMax = 160

const words: Record<string, string> = {
  image: 'Photo',
  video: 'Video',
  audio: 'Audio',
  voice: 'Voice message',
  sticker: 'Sticker',
  document: 'Document',
  location: 'Location',
  contacts: 'Contact card',
  template: 'Template',
  button: 'Button',
  interactive: 'Interactive message',
  order: 'Order',
  system: 'System message',
  reaction: 'Reaction',
  call: 'Call',
  edit: 'Edited a message',
  revoke: 'Deleted a message',
  media_placeholder: 'A file from before',
  unsupported: 'A kind of message that WhatsApp does not pass on',
}

/** One line that stands for a message in lists and notifications, whatever its type. */
export function previewOf(type: string, content: MessageContent): string {
  return shorten(lineOf(type, content)) || words[type] || shorten(`Message of type ${type}`)
}

function lineOf(type: string, content: MessageContent): string {
  const said = content.text?.body ?? ''
  const part = objectAt(content, type)
  switch (type) {
    case 'text':
      return said
    case 'template':
      return said || `Template ${textAt(part, 'name')}`.trim()
    case 'image':
    case 'video':
    case 'audio':
    case 'voice':
    case 'sticker':
      return labelled(type, textAt(part, 'caption'))
    case 'document':
      return labelled(type, textAt(part, 'caption') || textAt(part, 'filename'))
    case 'location':
      return labelled(type, textAt(part, 'name') || textAt(part, 'address'))
    case 'contacts':
      return labelled(type, firstContactName(content))
    case 'button':
      return textAt(part, 'text') || said
    case 'interactive':
      return interactiveLine(part) || said || labelled(type, '')
    case 'reaction':
      return textAt(part, 'emoji') ? `Reacted ${textAt(part, 'emoji')}` : 'Took a reaction back'
    case 'call':
      return callLine(part)
    case 'system':
      return textAt(part, 'body') || labelled(type, '')
    default:
      return said || words[type] || `Message of type ${type}`
  }
}

/** Both directions: what a customer chose, or what we offered. */
function interactiveLine(part: Record<string, unknown>): string {
  return (
    textAt(objectAt(part, 'button_reply'), 'title') ||
    textAt(objectAt(part, 'list_reply'), 'title') ||
    textAt(objectAt(part, 'nfm_reply'), 'body') ||
    permissionLine(objectAt(part, 'call_permission_reply')) ||
    textAt(objectAt(part, 'body'), 'text')
  )
}

function permissionLine(permission: Record<string, unknown>): string {
  const response = textAt(permission, 'response')
  if (response === '') return ''
  return response === 'accept' ? 'You may call' : 'Please don’t call'
}

function callLine(part: Record<string, unknown>): string {
  const minutes = Math.round(Number(part.duration_seconds ?? 0) / 60)
  if (textAt(part, 'result') === 'COMPLETED') return labelled('call', minutes > 0 ? `${minutes} min` : '')
  return textAt(part, 'event') === 'terminate' ? 'Missed call' : labelled('call', '')
}

function firstContactName(content: MessageContent): string {
  const contacts = content.contacts
  const first: unknown = Array.isArray(contacts) ? contacts[0] : undefined
  const name = textAt(objectAt({ first }, 'first', 'name'), 'formatted_name')
  // Who shares a card of their own sends a vCard.
  return name || (/^FN[^:\n]*:(.+)$/m.exec(textAt(objectAt({ first }, 'first'), 'vcard'))?.[1] ?? '')
}

function labelled(type: string, detail: string): string {
  const label = words[type] ?? type
  return detail ? `${label}: ${detail}` : label
}

function objectAt(value: object, ...path: string[]): Record<string, unknown> {
  let current: unknown = value
  for (const key of path) current = isRecord(current) ? current[key] : undefined
  return isRecord(current) ? current : {}
}

function textAt(value: Record<string, unknown>, key: string): string {
  const found = value[key]
  return typeof found === 'string' ? found : ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shorten(line: string): string {
  const flat = line.replace(/\s+/g, ' ').trim()
  const letters = [...flat]
  return letters.length <= lengthMax ? flat : `${letters.slice(0, lengthMax - 1).join('')}…`
}
