import type { Json, JsonObject, MessageFact } from '../../fact.ts'
import { idIn, listIn, objectIn, textIn } from '../../meta/parse/read-json.ts'

type Content = Pick<MessageFact, 'type' | 'content'>

/** A Gupshup message's type and content in Meta's words. What has no form there is kept as it came. */
export function contentOf(type: string, message: JsonObject): Content {
  const body = objectIn(message, 'payload') ?? {}
  const told = wordContent(type, body) ?? { type, content: { raw: message } }
  const referral = message.referral ?? body.referral
  return referral === undefined ? told : { ...told, content: { ...told.content, referral } }
}

function wordContent(type: string, body: JsonObject): Content | null {
  // A tap on a template's button comes as `quick_reply` or as `text`: only the inner type tells it.
  if (textIn(body, 'type') === 'button') return tap(body)
  switch (type) {
    case 'text': {
      const text = body.text
      return typeof text === 'string' ? { type, content: { text: { body: text } } } : null
    }
    case 'image':
    case 'video':
    case 'audio':
    case 'sticker':
      return file(type, body)
    case 'file':
      return file('document', body)
    case 'location':
      return { type, content: { location: place(body) } }
    case 'contact': {
      const contacts = listIn(body, 'contacts')
      return contacts.length > 0 ? { type: 'contacts', content: { contacts } } : null
    }
    case 'button_reply':
    case 'quick_reply':
    case 'list_reply':
      return choice(type, body)
    default:
      return null
  }
}

function tap(body: JsonObject): Content {
  const text = textIn(body, 'text') ?? textIn(body, 'title') ?? ''
  const payload = textIn(body, 'postbackText') ?? text
  return { type: 'button', content: { button: { text, payload } } }
}

/** Gupshup gives files an address instead of an id: the address is the id here. */
function file(type: string, body: JsonObject): Content | null {
  const url = idIn(body, 'url')
  if (url === null) return null
  const told = {
    id: url,
    url,
    caption: textIn(body, 'caption'),
    mime_type: textIn(body, 'contentType'),
    filename: textIn(body, 'name') ?? textIn(body, 'filename'),
  }
  return { type, content: { [type]: withoutNulls(told) } }
}

/** Some events write the coordinates as text. */
function place(body: JsonObject): Record<string, Json> {
  const coordinate = (key: string) => {
    const value = Number(body[key])
    return body[key] === undefined || Number.isNaN(value) ? null : value
  }
  return withoutNulls({
    latitude: coordinate('latitude'),
    longitude: coordinate('longitude'),
    name: textIn(body, 'name'),
    address: textIn(body, 'address'),
  })
}

/** What was sent as `postbackText` is the id we gave; without one the reply's own text has to do. */
function choice(type: string, body: JsonObject): Content {
  const kind = type === 'list_reply' ? type : 'button_reply'
  const title = textIn(body, 'title') ?? textIn(body, 'text') ?? ''
  const reply = withoutNulls({
    id: textIn(body, 'postbackText') ?? textIn(body, 'reply') ?? idIn(body, 'id') ?? title,
    title,
    description: kind === 'list_reply' ? textIn(body, 'description') : null,
  })
  return { type: 'interactive', content: { interactive: { type: kind, [kind]: reply } } }
}

function withoutNulls(from: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(Object.entries(from).filter(([, value]) => value !== null))
}
