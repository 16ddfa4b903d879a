import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Emulator } from '../emulator.ts'
import { describeTemplate } from '../graph/describe-template.ts'
import { announceCategory, changeCategory, changeQuality, giveVerdict } from '../graph/review-template.ts'
import type { BusinessNumber, Waba } from '../world/accounts.ts'
import { epochSeconds } from '../world/clock.ts'
import { setThroughput } from '../world/create-account.ts'
import { DEFAULT_SETTINGS, type Settings, settingsPatchSchema } from '../world/settings.ts'
import { TEMPLATE_CATEGORIES, TEMPLATE_STATUSES, type Template } from '../world/templates.ts'
import { messagingLimitSchema, presentNumber } from './account-routes.ts'
import { found, parsed } from './parsed.ts'

const quality = z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN'])

const numberPatch = z.strictObject({
  quality_rating: quality.optional(),
  throughput: z.int().min(1).max(100_000).nullable().optional(),
  is_registered: z.boolean().optional(),
  /** Every send from this number is refused with this code; null lifts it. */
  refuses_with: z.int().nullable().optional(),
  verified_name: z.string().optional(),
})

const accountPatch = z.strictObject({
  messaging_limit: messagingLimitSchema.optional(),
  refuses_with: z.int().nullable().optional(),
  review_status: z.string().optional(),
  /** Every token of this account stops working, or works again. */
  token_expired: z.boolean().optional(),
})

const templatePatch = z.strictObject({
  status: z.enum(TEMPLATE_STATUSES).optional(),
  reason: z.string().optional(),
  title: z.string().optional(),
  quality: quality.optional(),
  category: z.enum(TEMPLATE_CATEGORIES).optional(),
  /** The notice before a change of category. */
  correct_category: z.enum(TEMPLATE_CATEGORIES).optional(),
})

interface ById {
  Params: { id: string }
}

/** What a tester turns by hand: switches, numbers, accounts, templates. */
export function registerStateRoutes(http: FastifyInstance, emulator: Emulator): void {
  const { world } = emulator
  http.get('/_control/settings', async () => world.settings)
  http.patch('/_control/settings', async (request) => changeSettings(emulator, request.body))
  http.delete('/_control/settings', async () => Object.assign(world.settings, DEFAULT_SETTINGS))
  http.patch<ById>('/_control/numbers/:id', async ({ params, body }) => {
    const number = found(world.numbers.get(params.id), 'number')
    changeNumber(emulator, number, parsed(numberPatch, body))
    return presentNumber(number)
  })
  http.patch<ById>('/_control/accounts/:id', async ({ params, body }) => {
    const waba = found(world.wabas.get(params.id), 'account')
    changeAccount(emulator, waba, parsed(accountPatch, body))
    return { waba_id: waba.id, review_status: waba.reviewStatus, refuses_with: waba.refusesWith ?? null }
  })
  http.get<{ Querystring: { waba_id?: string } }>('/_control/templates', async ({ query }) => {
    const wabaIds = query.waba_id === undefined ? [...world.wabas.keys()] : [query.waba_id]
    return { data: wabaIds.flatMap((wabaId) => world.templates.ofWaba(wabaId)).map(describeTemplate) }
  })
  http.patch<ById>('/_control/templates/:id', async ({ params, body }) => {
    const template = found(world.templates.get(params.id), 'template')
    changeTemplate(emulator, template, parsed(templatePatch, body))
    return describeTemplate(template)
  })
}

function changeSettings(emulator: Emulator, body: unknown): Settings {
  const { settings, chance } = emulator.world
  const { seed, ...patch } = parsed(settingsPatchSchema.extend({ seed: z.int().optional() }), body)
  Object.assign(settings, patch)
  if (seed !== undefined) chance.restart(seed)
  return settings
}

function changeNumber(emulator: Emulator, number: BusinessNumber, patch: z.infer<typeof numberPatch>): void {
  if (patch.quality_rating !== undefined) changeNumberQuality(emulator, number, patch.quality_rating)
  if (patch.is_registered !== undefined) number.isRegistered = patch.is_registered
  if (patch.refuses_with !== undefined) number.refusesWith = patch.refuses_with ?? undefined
  if (patch.verified_name !== undefined) number.verifiedName = patch.verified_name
  if (patch.throughput === undefined) return
  setThroughput(number, patch.throughput)
  if (patch.throughput !== null && patch.throughput < 1000) return
  const value = {
    display_phone_number: number.phone,
    event: 'THROUGHPUT_UPGRADE',
    current_limit: 'TIER_UNLIMITED',
  }
  tellAccountField(emulator, number.wabaId, 'phone_number_quality_update', value)
}

function changeAccount(emulator: Emulator, waba: Waba, patch: z.infer<typeof accountPatch>): void {
  if (patch.refuses_with !== undefined) waba.refusesWith = patch.refuses_with ?? undefined
  if (patch.review_status !== undefined) {
    waba.reviewStatus = patch.review_status
    tellAccountField(emulator, waba.id, 'account_review_update', { decision: patch.review_status })
  }
  for (const grant of emulator.world.grants.values()) {
    if (patch.token_expired === undefined || !grant.wabaIds.has(waba.id)) continue
    grant.isExpired = patch.token_expired
  }
  if (patch.messaging_limit !== undefined) changeLimit(emulator, waba.portfolioId, patch.messaging_limit)
}

function changeTemplate(emulator: Emulator, template: Template, patch: z.infer<typeof templatePatch>): void {
  if (patch.correct_category !== undefined) announceCategory(emulator, template, patch.correct_category)
  if (patch.category !== undefined) changeCategory(emulator, template, patch.category)
  if (patch.quality !== undefined) changeQuality(emulator, template, patch.quality)
  if (patch.status === undefined) return
  giveVerdict(emulator, template, { status: patch.status, reason: patch.reason, title: patch.title })
}

function changeNumberQuality(
  emulator: Emulator,
  number: BusinessNumber,
  rating: BusinessNumber['qualityRating'],
): void {
  if (rating === number.qualityRating) return
  number.qualityRating = rating
  const event = rating === 'GREEN' ? 'UNFLAGGED' : 'FLAGGED'
  const currentLimit = emulator.world.portfolios.get(number.portfolioId)?.messagingLimit
  const value = { display_phone_number: number.phone, event, current_limit: currentLimit }
  tellAccountField(emulator, number.wabaId, 'phone_number_quality_update', value)
}

function changeLimit(
  emulator: Emulator,
  portfolioId: string,
  limit: z.infer<typeof messagingLimitSchema>,
): void {
  const portfolio = found(emulator.world.portfolios.get(portfolioId), 'portfolio')
  portfolio.messagingLimit = limit
  for (const waba of emulator.world.wabas.values()) {
    if (waba.portfolioId !== portfolioId) continue
    tellAccountField(emulator, waba.id, 'business_capability_update', {
      max_daily_conversations_per_business: limit,
      max_phone_numbers_per_waba: 25,
    })
  }
}

function tellAccountField(emulator: Emulator, wabaId: string, field: string, value: unknown): void {
  const entrySeconds = epochSeconds(Date.now())
  emulator.callbacks.tell({ wabaId, field, entrySeconds, content: { kind: 'value', value } })
}
