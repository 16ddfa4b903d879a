import type { MessageContent } from '../../contract/index.ts'

/** What an inbound message says beside its type, for customers' endpoints and for fetching its file. */
export interface InboundFile {
  external_id: string
  mime_type: string | null
  sha256: string | null
  file_name: string | null
}

const fileTypes = new Set(['image', 'video', 'audio', 'document', 'sticker'])

/** The words in a message, whichever part of it holds them; null when it has none. */
export function textOf(type: string, content: MessageContent): string | null {
  const part = objectAt(content, type)
  switch (type) {
    case 'text':
      return content.text?.body ?? null
    case 'button':
      return textAt(part, 'text')
    case 'interactive':
      return (
        textAt(objectAt(part, 'button_reply'), 'title') ??
        textAt(objectAt(part, 'list_reply'), 'title') ??
        textAt(objectAt(part, 'nfm_reply'), 'body')
      )
    case 'order':
      return textAt(part, 'text')
    case 'reaction':
      return textAt(part, 'emoji')
    case 'system':
      return textAt(part, 'body')
    default:
      return fileTypes.has(type) ? textAt(part, 'caption') : null
  }
}

/** The file of a message that has one. */
export function fileOf(type: string, content: MessageContent): InboundFile | null {
  if (!fileTypes.has(type)) return null
  const part = objectAt(content, type)
  const externalId = idAt(part, 'id')
  if (externalId === null) return null
  return {
    external_id: externalId,
    mime_type: textAt(part, 'mime_type'),
    sha256: textAt(part, 'sha256'),
    file_name: textAt(part, 'filename'),
  }
}

/** What was chosen: the provider's object of a button, a list or a form; null for other types. */
export function choiceOf(type: string, content: MessageContent): Record<string, unknown> | null {
  return type === 'interactive' || type === 'button' ? objectAt(content, type) : null
}

/** What was reacted to and how: the provider's object; null for other types. */
export function reactionOf(type: string, content: MessageContent): Record<string, unknown> | null {
  return type === 'reaction' ? objectAt(content, type) : null
}

function objectAt(value: object | null, key: string): Record<string, unknown> | null {
  const found: unknown = value === null ? undefined : Reflect.get(value, key)
  return isRecord(found) ? found : null
}

function textAt(value: Record<string, unknown> | null, key: string): string | null {
  const found = value?.[key]
  return typeof found === 'string' && found !== '' ? found : null
}

/** Some write ids as numbers. */
function idAt(value: Record<string, unknown> | null, key: string): string | null {
  const found = value?.[key]
  return typeof found === 'number' ? String(found) : textAt(value, key)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
