import { randomInt } from 'node:crypto'
import type { App, BusinessNumber, CallbackAddress, Grant, Portfolio, Waba } from './accounts.ts'
import { newAccessToken, newObjectId, newSecret } from './identifiers.ts'
import { DailyRecipients, type MessagingLimit, MovingSecond, PairLimit } from './limits.ts'
import { numberedTemplates, STARTER_TEMPLATES, type TemplateDraft } from './starter-templates.ts'
import { needsOf, type Template } from './templates.ts'
import type { World } from './world.ts'

export interface NewAccount {
  name: string
  /** An app to add this account to; a new app when absent. */
  appId?: string | undefined
  /** A portfolio to add this account to, so that accounts share its messaging limit. */
  portfolioId?: string | undefined
  numbers: NewNumber[]
  messagingLimit: MessagingLimit
  /** In all; beyond the starter templates, plain numbered ones fill up. */
  templateCount?: number | undefined
  callback?: CallbackAddress | undefined
  /** Ids and secrets of an account that an earlier run of the emulator gave out. */
  restored?: RestoredAccount | undefined
}

interface RestoredAccount {
  wabaId: string
  accessToken: string
  appSecret: string
}

interface NewNumber {
  /** Given only when an earlier run's number comes back. */
  id?: string | undefined
  phone?: string | undefined
  verifiedName?: string | undefined
  /** Messages per second; null for a number without a limit. */
  throughputPerSecond?: number | null | undefined
  isOnBusinessApp?: boolean | undefined
}

// Meta, throughput page, read November 2025: 80 by default, 20 fixed beside the Business app.
const perSecondByDefault = 80
const perSecondBesideApp = 20

export interface Account {
  app: App
  grant: Grant
  portfolio: Portfolio
  waba: Waba
  numbers: BusinessNumber[]
  verifyToken: string
}

/** Fields a hub usually subscribes its app to. */
export const CALLBACK_FIELDS = [
  'account_alerts',
  'account_review_update',
  'account_update',
  'business_capability_update',
  'calls',
  'flows',
  'history',
  'message_template_components_update',
  'message_template_quality_update',
  'message_template_status_update',
  'messages',
  'phone_number_name_update',
  'phone_number_quality_update',
  'security',
  'smb_app_state_sync',
  'smb_message_echoes',
  'template_category_update',
  'template_correct_category_detection',
  'user_id_update',
  'user_preferences',
  'group_lifecycle_update',
  'group_participants_update',
]

/** A whole customer of Meta's at once: app, token, portfolio, account, numbers and templates. */
export function createAccount(world: World, wanted: NewAccount): Account {
  const app = appFor(world, wanted)
  const portfolio = portfolioFor(world, wanted)
  const waba: Waba = {
    id: wanted.restored?.wabaId ?? newObjectId(),
    name: wanted.name,
    portfolioId: portfolio.id,
    subscribedApps: new Map(wanted.callback === undefined ? [] : [[app.id, undefined]]),
    reviewStatus: 'APPROVED',
    refusesWith: undefined,
  }
  world.wabas.set(waba.id, waba)
  const grant: Grant = {
    token: wanted.restored?.accessToken ?? newAccessToken(),
    appId: app.id,
    wabaIds: new Set([waba.id]),
    isExpired: false,
    scopes: ['whatsapp_business_management', 'whatsapp_business_messaging', 'public_profile'],
  }
  world.grants.set(grant.token, grant)
  const numbers = wanted.numbers.map((number) => addNumber(world, waba, number))
  for (const draft of draftsFor(wanted.templateCount)) world.templates.add(templateFrom(waba.id, draft))
  const verifyToken = wanted.callback?.verifyToken ?? newSecret()
  return { app, grant, portfolio, waba, numbers, verifyToken }
}

export function addNumber(world: World, waba: Waba, wanted: NewNumber): BusinessNumber {
  const isOnBusinessApp = wanted.isOnBusinessApp === true
  const allowed = wanted.throughputPerSecond === undefined ? perSecondByDefault : wanted.throughputPerSecond
  const perSecond = isOnBusinessApp ? perSecondBesideApp : (allowed ?? undefined)
  const id = wanted.id ?? newObjectId()
  const number: BusinessNumber = {
    id,
    wabaId: waba.id,
    portfolioId: waba.portfolioId,
    phone: wanted.phone ?? freePhone(world),
    verifiedName: wanted.verifiedName ?? waba.name,
    nameStatus: 'APPROVED',
    qualityRating: 'GREEN',
    status: 'CONNECTED',
    isRegistered: true,
    pin: undefined,
    isOnBusinessApp,
    throughputPerSecond: perSecond,
    movingSecond: perSecond === undefined ? undefined : new MovingSecond(perSecond),
    pairLimit: new PairLimit(),
    callbackOverride: undefined,
    refusedOnce: new Set(),
    blockedPhones: new Set(),
    refusesWith: undefined,
    ledgerIndex: world.ledger.addNumber(id),
  }
  world.numbers.set(id, number)
  return number
}

export function setThroughput(number: BusinessNumber, perSecond: number | null): void {
  number.throughputPerSecond = perSecond ?? undefined
  number.movingSecond = perSecond === null ? undefined : new MovingSecond(perSecond)
}

function templateFrom(wabaId: string, draft: TemplateDraft): Template {
  const components = structuredClone(draft.components)
  return {
    id: newObjectId(),
    wabaId,
    name: draft.name,
    language: draft.language,
    category: draft.category,
    previousCategory: undefined,
    correctCategory: undefined,
    parameterFormat: draft.parameterFormat,
    components,
    status: draft.status,
    rejectedReason: draft.rejectedReason ?? 'NONE',
    quality: draft.status === 'APPROVED' ? 'GREEN' : 'UNKNOWN',
    ttlSeconds: undefined,
    updatedMs: Date.now(),
    needs: needsOf(components),
  }
}

function appFor(world: World, wanted: NewAccount): App {
  const known = wanted.appId === undefined ? undefined : world.apps.get(wanted.appId)
  const app: App = known ?? {
    id: newObjectId(),
    name: `${wanted.name} app`,
    secret: wanted.restored?.appSecret ?? newSecret(),
    subscription: undefined,
  }
  if (wanted.callback !== undefined) {
    app.subscription = { ...wanted.callback, fields: new Set(CALLBACK_FIELDS) }
  }
  world.apps.set(app.id, app)
  return app
}

function portfolioFor(world: World, wanted: NewAccount): Portfolio {
  const known = wanted.portfolioId === undefined ? undefined : world.portfolios.get(wanted.portfolioId)
  if (known !== undefined) return known
  const portfolio: Portfolio = {
    id: newObjectId(),
    name: wanted.name,
    messagingLimit: wanted.messagingLimit,
    dailyRecipients: new DailyRecipients(),
  }
  world.portfolios.set(portfolio.id, portfolio)
  return portfolio
}

function draftsFor(count: number | undefined): readonly TemplateDraft[] {
  if (count === undefined) return STARTER_TEMPLATES
  const starters = STARTER_TEMPLATES.slice(0, count)
  return [...starters, ...numberedTemplates(count - starters.length)]
}

// 555-01xx numbers are set aside for fiction; the area code gives room for thousands of them.
function freePhone(world: World): string {
  const taken = new Set([...world.numbers.values()].map((number) => number.phone))
  for (;;) {
    const phone = `1${randomInt(200, 1000)}5550${randomInt(100, 200)}`
    if (!taken.has(phone)) return phone
  }
}
