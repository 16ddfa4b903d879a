import { type Json, objectIn, textIn } from '../json.ts'
import { type GupshupApp, gsIdOf } from '../world/gupshup-apps.ts'

const WEEK_MS = 7 * 24 * 3_600_000

/** The part of an inbound message that depends on its type. */
export function wordContent(app: GupshupApp, item: Json, { emulatorUrl }: { emulatorUrl: string }): Json {
  const type = textIn(item, 'type') ?? 'unknown'
  const body = objectIn(item, type)
  switch (type) {
    case 'text':
      return { type, payload: { text: textIn(body, 'body') } }
    case 'image':
    case 'video':
    case 'audio':
    case 'sticker':
    case 'document':
      return wordFile(app, type, body ?? {}, emulatorUrl)
    case 'button': {
      const payload = { text: textIn(body, 'text'), type: 'button', postbackText: textIn(body, 'payload') }
      return { type: 'quick_reply', payload }
    }
    case 'interactive':
      return wordChoice(body ?? {})
    case 'location':
      return { type, payload: body }
    case 'contacts':
      return { type: 'contact', payload: { contacts: item.contacts } }
    case 'reaction': {
      const wamid = textIn(body, 'message_id') ?? ''
      return { type, payload: { emoji: textIn(body, 'emoji') ?? '', id: wamid, gsId: gsIdOf(wamid) } }
    }
    default:
      return { type, payload: body ?? {} }
  }
}

function wordFile(app: GupshupApp, type: string, body: Json, emulatorUrl: string): Json {
  const url = `${emulatorUrl}/wa/${app.id}/wa/media/${textIn(body, 'id')}?download=false`
  const caption = textIn(body, 'caption')
  const name = textIn(body, 'filename')
  const payload = {
    ...(caption === undefined ? {} : { caption }),
    ...(name === undefined ? {} : { name }),
    url,
    contentType: textIn(body, 'mime_type'),
    urlExpiry: Date.now() + WEEK_MS,
  }
  return { type: type === 'document' ? 'file' : type, payload }
}

function wordChoice(body: Json): Json {
  const type = textIn(body, 'type') ?? 'button_reply'
  const reply = objectIn(body, type)
  const title = textIn(reply, 'title') ?? ''
  const payload = {
    title,
    id: type === 'list_reply' ? 'list' : 'reply_buttons',
    reply: `${title} 1`,
    postbackText: textIn(reply, 'id'),
    ...(reply?.description === undefined ? {} : { description: reply.description }),
  }
  return { type, payload }
}
