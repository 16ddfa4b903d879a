import { type Fault, fault } from '../faults/faults.ts'
import { isJson, type Json, objectIn, objectsIn, textIn } from '../json.ts'
import type { World } from '../world/world.ts'
import { checkInteractive } from './check-interactive.ts'

/** Checks by hand rather than by schema: this runs for every message, ten thousand times a second. */
export function checkMessage(world: World, type: string, body: Json): Fault | undefined {
  const opaque = body.biz_opaque_callback_data
  if (opaque !== undefined && (typeof opaque !== 'string' || opaque.length > 512)) {
    return fault(100, 'Param biz_opaque_callback_data must be a string with at most 512 characters.')
  }
  if (body.context !== undefined && textIn(objectIn(body, 'context'), 'message_id') === undefined) {
    return fault(131009, 'Invalid parameter value: context must have a message_id.')
  }
  if (type === 'template') return undefined
  if (type === 'contacts') return checkContacts(body)
  const check = CHECKS[type]
  if (check === undefined) return fault(100, `Param type must be one of {${KNOWN_TYPES}} - got "${type}".`)
  const part = objectIn(body, type)
  if (part === undefined) return fault(131008, `Required parameter is missing: ${type}.`)
  return check(part, world)
}

type Check = (part: Json, world: World) => Fault | undefined

const CHECKS: Readonly<Record<string, Check>> = {
  text: checkText,
  image: (part, world) => checkMedia(part, world, 'image'),
  audio: (part, world) => checkMedia(part, world, 'audio'),
  video: (part, world) => checkMedia(part, world, 'video'),
  document: (part, world) => checkMedia(part, world, 'document'),
  sticker: (part, world) => checkMedia(part, world, 'sticker'),
  location: checkLocation,
  reaction: checkReaction,
  interactive: checkInteractive,
}

const KNOWN_TYPES = [...Object.keys(CHECKS), 'contacts', 'template'].join(', ')

function checkText(part: Json): Fault | undefined {
  const { body } = part
  if (body === undefined) return fault(131008, "Required parameter is missing: text['body'].")
  if (typeof body !== 'string' || body.length === 0) {
    return fault(100, "Param text['body'] must be a non-empty string.")
  }
  if (body.length > 4096) return fault(100, "Param text['body'] must be at most 4096 characters long.")
  return undefined
}

const CAPTIONED = new Set(['image', 'video', 'document'])

export function checkMedia(part: Json, world: World, type: string): Fault | undefined {
  const id = textIn(part, 'id')
  const link = textIn(part, 'link')
  if ((id === undefined) === (link === undefined)) {
    return fault(100, `Param ${type} must have exactly one of id or link.`)
  }
  if (link !== undefined && !/^https?:\/\/[^\s/]+/i.test(link)) {
    return fault(131009, `Invalid parameter value: ${type}['link'] is not a valid URL.`)
  }
  if (id !== undefined && world.media.find(id, Date.now()) === undefined) {
    return fault(131009, `Invalid parameter value: media id ${id} does not exist or has expired.`)
  }
  const { caption } = part
  if (caption === undefined) return undefined
  if (!CAPTIONED.has(type)) return fault(100, `Unexpected key "caption" on param "${type}".`)
  if (typeof caption !== 'string' || caption.length > 1024) {
    return fault(100, `Param ${type}['caption'] must be at most 1024 characters long.`)
  }
  return undefined
}

function checkLocation(part: Json): Fault | undefined {
  for (const [key, max] of [
    ['latitude', 90],
    ['longitude', 180],
  ] as const) {
    const value = part[key]
    if (value === undefined) return fault(131008, `Required parameter is missing: location['${key}'].`)
    if (!(Math.abs(Number(value)) <= max)) {
      return fault(131009, `Invalid parameter value: location['${key}'] is out of range.`)
    }
  }
  return undefined
}

function checkReaction(part: Json): Fault | undefined {
  if (textIn(part, 'message_id') === undefined) {
    return fault(131008, "Required parameter is missing: reaction['message_id'].")
  }
  return typeof part.emoji === 'string'
    ? undefined
    : fault(131008, "Required parameter is missing: reaction['emoji'].")
}

function checkContacts(body: Json): Fault | undefined {
  const contacts = body.contacts
  if (!Array.isArray(contacts) || contacts.length === 0) {
    return fault(131008, 'Required parameter is missing: contacts.')
  }
  if (contacts.length > 257 || !contacts.every(isJson)) {
    return fault(131009, 'Invalid parameter value: contacts must be a list of at most 257 contacts.')
  }
  for (const contact of objectsIn(body, 'contacts')) {
    const name = objectIn(contact, 'name')
    if (textIn(name, 'formatted_name') === undefined || Object.keys(name ?? {}).length < 2) {
      return fault(131008, 'Required parameter is missing: formatted_name and one more part of the name.')
    }
  }
  return undefined
}
