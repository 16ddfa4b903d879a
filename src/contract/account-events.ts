import { z } from 'zod'
import { common, instance } from './event-fields.ts'
import { connectorId, numberId, templateId } from './ids.ts'
import { instant } from './paging.ts'

const template = {
  template_id: templateId,
  external_template_id: z.string().nullable(),
  template_name: z.string(),
  language: z.string(),
  ...common,
}
export const templateEvent = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('template.status_updated'),
    previous_status: z.string(),
    status: z.string(),
    reason: z.string().optional(),
    ...template,
  }),
  z.object({
    event: z.literal('template.category_updated'),
    category: z.string(),
    previous_category: z.string().optional(),
    /** Only in the alert that comes first: the category that the provider will change it to. */
    correct_category: z.string().optional(),
    takes_effect_at: instant.nullish(),
    ...template,
  }),
  z.object({
    event: z.literal('template.quality_updated'),
    previous_quality: z.string().nullable(),
    quality: z.string().nullable(),
    ...template,
  }),
])
export type TemplateEvent = z.infer<typeof templateEvent>

const account = { connector_id: connectorId, waba_id: z.string().nullish(), ...common }
export const accountEvent = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('account.review_updated'),
    /** `APPROVED`, `REJECTED`, or another word of the provider. */
    status: z.string(),
    action_date: z.string().optional(),
    ...account,
  }),
  z.object({
    event: z.literal('account.status_updated'),
    status: z.enum(['violation', 'restricted', 'disabled', 'reinstated', 'verified', 'other']),
    violation_type: z.string().optional(),
    restrictions: z.array(z.object({ type: z.string(), expires_at: instant.nullish() })).optional(),
    action_date: z.string().optional(),
    ...account,
  }),
  z.object({
    event: z.literal('account.tier_updated'),
    /** `ONBOARDING`, `UPGRADE`, `DOWNGRADE`, `FLAGGED`, `UNFLAGGED`. */
    change: z.string(),
    previous_limit: z.string().nullish(),
    limit: z.string().nullable(),
    instance_id: numberId.optional(),
    instance_name: z.string().optional(),
    ...account,
  }),
  z.object({
    event: z.literal('account.capability_updated'),
    max_daily_conversations_per_phone: z.number().int().optional(),
    max_daily_conversations_per_business: z.union([z.number().int(), z.string()]).optional(),
    max_phone_numbers_per_business: z.number().int().optional(),
    ...account,
  }),
])
export type AccountEvent = z.infer<typeof accountEvent>

export const numberEvent = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('number.name_updated'),
    ...instance,
    /** `approved` or `rejected`. */
    status: z.string(),
    name: z.string().nullish(),
    reason: z.string().optional(),
    ...common,
  }),
  z.object({
    event: z.literal('number.quality_updated'),
    ...instance,
    previous_quality: z.string().nullish(),
    quality: z.string(),
    ...common,
  }),
])
export type NumberEvent = z.infer<typeof numberEvent>
