import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { verifyCallback } from '../callbacks/verify-callback.ts'
import type { Emulator } from '../emulator.ts'
import { displayed } from '../graph/describe-number.ts'
import type { BusinessNumber, CallbackAddress, Waba } from '../world/accounts.ts'
import {
  type Account,
  addNumber,
  CALLBACK_FIELDS,
  createAccount,
  type NewAccount,
} from '../world/create-account.ts'
import type { MessagingLimit } from '../world/limits.ts'
import { ControlFault, found, parsed } from './parsed.ts'

const digits = z.string().regex(/^\d{7,15}$/, 'must be digits')
const throughput = z.int().min(1).max(100_000).nullable()

export const messagingLimitSchema = z.enum([
  'TIER_50',
  'TIER_250',
  'TIER_1K',
  'TIER_2K',
  'TIER_10K',
  'TIER_100K',
  'TIER_UNLIMITED',
]) satisfies z.ZodType<MessagingLimit>

const callbackSchema = z.strictObject({ callback_url: z.url(), verify_token: z.string() })

const numberSchema = z.strictObject({
  phone: digits.optional(),
  verified_name: z.string().optional(),
  throughput: throughput.optional(),
  /** Also used in the WhatsApp Business app on a phone: 20 messages per second, whatever else is asked for. */
  is_on_biz_app: z.boolean().optional(),
})

const accountSchema = z.strictObject({
  name: z.string().default('Quiet Harbor Goods'),
  app_id: z.string().optional(),
  portfolio_id: z.string().optional(),
  /** How many numbers, or each of them. */
  numbers: z.union([z.int().min(1).max(200), z.array(numberSchema).min(1)]).default(1),
  /** Messages per second of each number; null for none. */
  throughput: throughput.default(80),
  messaging_limit: messagingLimitSchema.default('TIER_100K'),
  template_count: z.int().min(0).max(6000).optional(),
  /** Where callbacks go; set without asking the address first, as it may not listen yet. */
  webhook: callbackSchema.optional(),
})

const restoredSchema = z.strictObject({
  name: z.string().default('Quiet Harbor Goods'),
  access_token: z.string().min(1),
  app_secret: z.string().min(1),
  phone_number_id: z.string().min(1),
  phone: digits.optional(),
  throughput: throughput.default(80),
  messaging_limit: messagingLimitSchema.default('TIER_100K'),
  webhook: callbackSchema.optional(),
})

interface ByWaba {
  Params: { waba_id: string }
}

export function registerAccountRoutes(http: FastifyInstance, emulator: Emulator): void {
  const { world } = emulator
  http.post('/_control/accounts', async (request, reply) => {
    const account = createAccount(world, accountFrom(parsed(accountSchema, request.body)))
    emulator.live.publish({ type: 'account' })
    return reply.code(201).send(presentAccount(emulator, account))
  })

  http.get('/_control/accounts', async () => {
    const providerOf = (number: BusinessNumber) => (world.gupshupApps.has(number.wabaId) ? 'gupshup' : 'meta')
    const present = (number: BusinessNumber) => ({ ...presentNumber(number), provider: providerOf(number) })
    return { data: [...world.numbers.values()].map(present) }
  })

  // Without a journal the emulator forgets at its end; a hub that remembers an account brings it back with what it knows.
  http.put<ByWaba>('/_control/accounts/:waba_id', async (request, reply) => {
    const { waba_id } = request.params
    const wanted = parsed(restoredSchema, request.body)
    const known = world.wabas.get(waba_id)
    if (known !== undefined) {
      // The hub may listen elsewhere by now.
      if (wanted.webhook !== undefined) pointCallback(emulator, known, addressFrom(wanted.webhook))
      return { waba_id, restored: false }
    }
    if (world.numbers.has(wanted.phone_number_id)) throw new ControlFault(409, 'The number is taken.')
    createAccount(world, restoredFrom(waba_id, wanted))
    emulator.live.publish({ type: 'account' })
    return reply.code(201).send({ waba_id, restored: true })
  })

  http.post<ByWaba>('/_control/accounts/:waba_id/numbers', async (request, reply) => {
    const waba = found(world.wabas.get(request.params.waba_id), 'account')
    const { phone, verified_name, throughput, is_on_biz_app } = parsed(numberSchema, request.body)
    const wanted = {
      phone,
      verifiedName: verified_name,
      throughputPerSecond: throughput,
      isOnBusinessApp: is_on_biz_app,
    }
    const number = addNumber(world, waba, wanted)
    emulator.live.publish({ type: 'account' })
    return reply.code(201).send(presentNumber(number))
  })

  http.put<ByWaba>('/_control/accounts/:waba_id/webhook', async (request) => {
    const waba = found(world.wabas.get(request.params.waba_id), 'account')
    await setCallback(emulator, waba, parsed(callbackSchema, request.body))
    return { success: true }
  })
}

function accountFrom(wanted: z.infer<typeof accountSchema>): NewAccount {
  const { numbers, webhook } = wanted
  const each: z.infer<typeof numberSchema>[] =
    typeof numbers === 'number' ? Array.from({ length: numbers }, () => ({})) : numbers
  return {
    name: wanted.name,
    appId: wanted.app_id,
    portfolioId: wanted.portfolio_id,
    messagingLimit: wanted.messaging_limit,
    templateCount: wanted.template_count,
    callback: webhook && addressFrom(webhook),
    numbers: each.map((number) => ({
      phone: number.phone,
      verifiedName: number.verified_name,
      throughputPerSecond: number.throughput === undefined ? wanted.throughput : number.throughput,
      isOnBusinessApp: number.is_on_biz_app,
    })),
  }
}

function restoredFrom(wabaId: string, wanted: z.infer<typeof restoredSchema>): NewAccount {
  const { webhook, phone, phone_number_id: id, throughput: throughputPerSecond } = wanted
  return {
    name: wanted.name,
    messagingLimit: wanted.messaging_limit,
    callback: webhook && addressFrom(webhook),
    numbers: [{ id, phone, throughputPerSecond }],
    restored: { wabaId, accessToken: wanted.access_token, appSecret: wanted.app_secret },
  }
}

function addressFrom(webhook: z.infer<typeof callbackSchema>): CallbackAddress {
  return { callbackUrl: webhook.callback_url, verifyToken: webhook.verify_token }
}

/** Subscribes the account's app and points it to an address that repeats the challenge. */
async function setCallback(
  emulator: Emulator,
  waba: Waba,
  wanted: z.infer<typeof callbackSchema>,
): Promise<void> {
  const address = addressFrom(wanted)
  const refused = await verifyCallback(address)
  if (refused !== undefined)
    throw new ControlFault(422, refused.message ?? refused.details ?? 'Not verified.')
  pointCallback(emulator, waba, address)
}

function pointCallback({ world }: Emulator, waba: Waba, address: CallbackAddress): void {
  const { grants, apps } = world
  const grant = [...grants.values()].find((each) => each.wabaIds.has(waba.id))
  const app = found(grant && apps.get(grant.appId), 'app')
  app.subscription = { ...address, fields: new Set(CALLBACK_FIELDS) }
  waba.subscribedApps.set(app.id, undefined)
}

function presentAccount(emulator: Emulator, account: Account): Record<string, unknown> {
  const { app, grant, portfolio, waba, numbers, verifyToken } = account
  const templates = emulator.world.templates.ofWaba(waba.id)
  return {
    graph_url: emulator.url(),
    app_id: app.id,
    app_secret: app.secret,
    access_token: grant.token,
    verify_token: verifyToken,
    portfolio_id: portfolio.id,
    messaging_limit: portfolio.messagingLimit,
    waba_id: waba.id,
    name: waba.name,
    numbers: numbers.map(presentNumber),
    template_count: templates.length,
  }
}

export function presentNumber(number: BusinessNumber): Record<string, unknown> {
  return {
    phone_number_id: number.id,
    waba_id: number.wabaId,
    portfolio_id: number.portfolioId,
    phone: number.phone,
    display_phone_number: displayed(number.phone),
    verified_name: number.verifiedName,
    quality_rating: number.qualityRating,
    throughput: number.throughputPerSecond ?? null,
    is_on_biz_app: number.isOnBusinessApp,
    is_registered: number.isRegistered,
    refuses_with: number.refusesWith ?? null,
  }
}
