import { isJson, type Json, objectIn, objectsIn, textIn } from '../json.ts'
import type { Template } from '../world/templates.ts'

/** `message` of the session API as Meta's body; undefined when it has no known type. */
export function readSession(message: Json): Json | undefined {
  const type = textIn(message, 'type')
  switch (type) {
    case 'text':
      return { type, text: { body: message.text, preview_url: message.previewUrl === true } }
    case 'image':
      return { type, image: { link: message.originalUrl, ...captionOf(message) } }
    case 'video':
      return { type, video: { link: message.url, ...captionOf(message) } }
    case 'file':
      return {
        type: 'document',
        document: { link: message.url, filename: message.filename, ...captionOf(message) },
      }
    case 'audio':
    case 'sticker':
      return { type, [type]: { link: message.url } }
    case 'location': {
      const { type: _, ...location } = message
      return { type, location }
    }
    case 'contact':
      return { type: 'contacts', contacts: [message.contact] }
    case 'reaction':
      return { type, reaction: { message_id: message.msgId, emoji: message.emoji } }
    case 'quick_reply':
      return readButtons(message)
    case 'list':
      return readList(message)
    default:
      return undefined
  }
}

function captionOf(message: Json): Json {
  return message.caption === undefined ? {} : { caption: message.caption }
}

function readButtons(message: Json): Json {
  const content = objectIn(message, 'content')
  const buttons = objectsIn(message, 'options').map((option) => ({
    type: 'reply',
    reply: { id: option.postbackText ?? option.title, title: option.title },
  }))
  const header = headerOf(content)
  const interactive = {
    type: 'button',
    ...(header === undefined ? {} : { header }),
    body: { text: content?.text },
    ...footerOf(content?.caption),
    action: { buttons },
  }
  return { type: 'interactive', interactive }
}

function headerOf(content: Json | undefined): Json | undefined {
  const type = textIn(content, 'type')
  if (type === 'text') return content?.header === undefined ? undefined : { type, text: content.header }
  if (type === 'file') return { type: 'document', document: { link: content?.url } }
  return type === undefined ? undefined : { type, [type]: { link: content?.url } }
}

function footerOf(footer: unknown): Json {
  return footer === undefined ? {} : { footer: { text: footer } }
}

function readList(message: Json): Json {
  const sections = objectsIn(message, 'items').map((item) => ({
    title: item.title,
    rows: objectsIn(item, 'options').map((option) => ({
      id: option.postbackText ?? option.title,
      title: option.title,
      ...(option.description === undefined ? {} : { description: option.description }),
    })),
  }))
  const title = textIn(message, 'title') ?? ''
  const interactive = {
    type: 'list',
    ...(title === '' ? {} : { header: { type: 'text', text: title } }),
    body: { text: message.body },
    ...footerOf(message.footer),
    action: { button: textIn(objectsIn(message, 'globalButtons')[0], 'title') ?? 'Options', sections },
  }
  return { type: 'interactive', interactive }
}

/** One flat list of values, dealt out to header, body and buttons; what is too much shows as a wrong count. */
export function readTemplate(template: Template, params: unknown[], message: Json | undefined): Json {
  const rest = params.map(String)
  const { headerFormat, headerVariables, bodyVariables, buttons } = template.needs
  const components: Json[] = []
  const type = textIn(message, 'type')
  if (type !== undefined && headerFormat !== undefined) {
    components.push({ type: 'header', parameters: [{ type, [type]: message?.[type] }] })
  }
  const header = rest.splice(0, headerVariables.length)
  if (header.length > 0) components.push({ type: 'header', parameters: textsOf(header, headerVariables) })
  const body = rest.splice(0, bodyVariables.length)
  const ofButtons = [...buttons].map(([index, kind]): Json => {
    const value = rest.shift() ?? ''
    const parameter =
      kind === 'url' ? { type: 'text', text: value } : { type: 'coupon_code', coupon_code: value }
    return { type: 'button', sub_type: kind, index: String(index), parameters: [parameter] }
  })
  const parameters = textsOf([...body, ...rest], bodyVariables)
  if (parameters.length > 0) components.push({ type: 'body', parameters })
  const { name, language } = template
  return {
    type: 'template',
    template: { name, language: { code: language }, components: [...components, ...ofButtons] },
  }
}

function textsOf(values: string[], names: string[]): Json[] {
  return values.map((text, index) => {
    const name = names[index]
    return {
      type: 'text',
      text,
      ...(name === undefined || /^\d+$/.test(name) ? {} : { parameter_name: name }),
    }
  })
}

/** JSON in a field of a form; undefined when it is none. */
export function jsonField(form: Json, name: string): Json | undefined {
  const text = textIn(form, name)
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? value : undefined
  } catch {
    return undefined
  }
}
