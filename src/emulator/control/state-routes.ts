import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Emulator } from '../emulator.ts'
import { announceCategory, changeCategory, changeQuality, giveVerdict } from '../graph/review-template.ts'
import type { BusinessNumber } from '../world/accounts.ts'
import { epochSeconds } from '../world/clock.ts'
import { setThroughput } from '../world/create-account.ts'
import { DEFAULT_SETTINGS, settingsPatchSchema } from '../world/settings.ts'
import { TEMPLATE_CATEGORIES, TEMPLATE_STATUSES } from '../world/templates.ts'
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

/** What a tester turns by hand: switches, numbers, accounts, templates. */
export function registerStateRoutes(http: FastifyInstance, emulator: Emulator): void {
  const { world } = emulator
  http.get('/_control/settings', async () => world.settings)
  http.patch('/_control/settings', async (request) => {
    const { seed, ...patch } = parsed(settingsPatchSchema.extend({ seed: z.int().optional() }), request.body)
    Object.assign(world.settings, patch)
    if (seed !== undefined) world.chance.restart(seed)
    return world.settings
  })
  http.delete('/_control/settings', async () => Object.assign(world.settings, DEFAULT_SETTINGS))

  http.patch<{ Params: { id: string } }>('/_control/numbers/:id', async (request) => {
    const number = found(world.numbers.get(request.params.id), 'number')
    const patch = parsed(numberPatch, request.body)
    if (patch.quality_rating !== undefined) changeNumberQuality(emulator, number, patch.quality_rating)
    if (patch.is_registered !== undefined) number.isRegistered = patch.is_registered
    if (patch.refuses_with !== undefined) number.refusesWith = patch.refuses_with ?? undefined
    if (patch.verified_name !== undefined) number.verifiedName = patch.verified_name
    if (patch.throughput !== undefined) {
      setThroughput(number, patch.throughput)
      const event = 'THROUGHPUT_UPGRADE'
      const value = { display_phone_number: number.phone, event, current_limit: 'TIER_UNLIMITED' }
      if (patch.throughput === null || patch.throughput >= 1000) {
        tellAccountField(emulator, number.wabaId, 'phone_number_quality_update', value)
      }
    }
    return presentNumber(number)
  })

  http.patch<{ Params: { waba_id: string } }>('/_control/accounts/:waba_id', async (request) => {
    const waba = found(world.wabas.get(request.params.waba_id), 'account')
    const patch = parsed(accountPatch, request.body)
    if (patch.refuses_with !== undefined) waba.refusesWith = patch.refuses_with ?? undefined
    if (patch.review_status !== undefined) {
      waba.reviewStatus = patch.review_status
      tellAccountField(emulator, waba.id, 'account_review_update', { decision: patch.review_status })
    }
    for (const grant of world.grants.values()) {
      if (patch.token_expired !== undefined && grant.wabaIds.has(waba.id))
        grant.isExpired = patch.token_expired
    }
    if (patch.messaging_limit !== undefined) changeLimit(emulator, waba.portfolioId, patch.messaging_limit)
    return { waba_id: waba.id, review_status: waba.reviewStatus, refuses_with: waba.refusesWith ?? null }
  })

  http.get<{ Querystring: { waba_id?: string } }>('/_control/templates', async (request) => {
    const wabaIds = request.query.waba_id === undefined ? [...world.wabas.keys()] : [request.query.waba_id]
    const rows = wabaIds.flatMap((wabaId) => world.templates.ofWaba(wabaId))
    return { data: rows.map(({ needs: _needs, ...template }) => template) }
  })

  http.patch<{ Params: { id: string } }>('/_control/templates/:id', async (request) => {
    const template = found(world.templates.get(request.params.id), 'template')
    const patch = parsed(templatePatch, request.body)
    if (patch.correct_category !== undefined) announceCategory(emulator, template, patch.correct_category)
    if (patch.category !== undefined) changeCategory(emulator, template, patch.category)
    if (patch.quality !== undefined) changeQuality(emulator, template, patch.quality)
    if (patch.status !== undefined) {
      giveVerdict(emulator, template, { status: patch.status, reason: patch.reason, title: patch.title })
    }
    const { needs: _needs, ...shown } = template
    return shown
  })
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
