import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { BusinessNumber } from './accounts.ts'
import { createAccount } from './create-account.ts'
import type { MessagingLimit } from './limits.ts'
import type { Template } from './templates.ts'
import type { World } from './world.ts'

/** How the console's delivery events are posted, beside the callbacks of the app. */
export type DeliveryEvents = 'off' | 'object' | 'array' | 'form'

/** An app of Gupshup's: one number, a name, a key, and where its callbacks go. */
export interface GupshupApp {
  id: string
  name: string
  apiKey: string
  /** What the partner API asks for. */
  partnerToken: string
  wabaId: string
  number: BusinessNumber
  callback: GupshupCallback
  balance: number
}

export interface GupshupCallback {
  url: string | undefined
  version: 2 | 3
  deliveryEvents: DeliveryEvents
}

export interface NewGupshupApp {
  name: string | undefined
  phone: string | undefined
  throughputPerSecond: number | null
  messagingLimit: MessagingLimit
  templateCount: number | undefined
  callback: GupshupCallback
}

/** An app with its number and templates; Meta knows them as an account of a solution partner. */
export function createGupshupApp(world: World, wanted: NewGupshupApp): GupshupApp | undefined {
  const name = wanted.name ?? `QuietHarbor${randomBytes(3).toString('hex')}`
  const { phone, throughputPerSecond, messagingLimit, templateCount } = wanted
  const account = createAccount(world, {
    name,
    numbers: [{ phone, throughputPerSecond }],
    messagingLimit,
    templateCount,
  })
  const [number] = account.numbers
  if (number === undefined) return undefined
  const app: GupshupApp = {
    id: randomUUID(),
    name,
    apiKey: randomBytes(16).toString('hex'),
    partnerToken: `sk_${randomBytes(16).toString('hex')}`,
    wabaId: account.waba.id,
    number,
    callback: wanted.callback,
    balance: 25,
  }
  world.gupshupApps.set(app.wabaId, app)
  return app
}

/** The id that sending answers; follows from WhatsApp's, so that nothing has to be kept. */
export function gsIdOf(wamid: string): string {
  return uuidFrom(`message ${wamid}`)
}

/** Gupshup's id of a template, from Meta's. */
export function templateIdFrom(metaId: string): string {
  return uuidFrom(`template ${metaId}`)
}

export function findTemplate(world: World, app: GupshupApp, id: string): Template | undefined {
  return world.templates.ofWaba(app.wabaId).find((template) => templateIdFrom(template.id) === id)
}

function uuidFrom(text: string): string {
  const hex = createHash('sha1').update(text).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
