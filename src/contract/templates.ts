import { z } from 'zod'
import { connectorId, inboundLogId, templateChangeId, templateId } from './ids.ts'
import { instant, pageQuery } from './paging.ts'

export const templateCategory = z.enum(['UTILITY', 'MARKETING', 'AUTHENTICATION'])
export type TemplateCategory = z.infer<typeof templateCategory>
export const templateStatus = z.enum([
  'DRAFT',
  'PENDING',
  'APPROVED',
  'REJECTED',
  'PAUSED',
  'DISABLED',
  'IN_APPEAL',
  'LIMIT_EXCEEDED',
  'DELETED',
])
export type TemplateStatus = z.infer<typeof templateStatus>

/** Components as in Meta's template API; unknown keys are kept, because Meta adds some every year. */
export const templateButton = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  url: z.string().optional(),
  phone_number: z.string().optional(),
  example: z.union([z.array(z.string()), z.string()]).optional(),
})
export type TemplateButton = z.infer<typeof templateButton>
export const templateComponent = z.looseObject({
  type: z.string(),
  format: z.string().optional(),
  text: z.string().optional(),
  buttons: z.array(templateButton).optional(),
  example: z.record(z.string(), z.unknown()).optional(),
})
export type TemplateComponent = z.infer<typeof templateComponent>

/** One value a template needs: "1" or "first_name" of the body, "header.1", "header.image", "button.0.1". */
export const templateVariable = z.object({
  key: z.string(),
  place: z.enum(['header', 'body', 'button']),
  kind: z.enum(['text', 'image', 'video', 'document']),
  sample: z.string().nullable(),
})
export type TemplateVariable = z.infer<typeof templateVariable>

export const template = z.object({
  id: templateId,
  connector_id: connectorId,
  external_id: z.string().nullable(),
  name: z.string(),
  language: z.string(),
  category: z.string(),
  status: templateStatus,
  rejected_reason: z.string().nullable(),
  quality: z.string().nullable(),
  /** The category that the provider will change it to, and when, as far as it said so. */
  coming_category: z.string().nullable(),
  coming_category_at: instant.nullable(),
  components: z.array(templateComponent),
  /** What must be filled in to send it, in reading order. */
  variables: z.array(templateVariable),
  created_at: instant,
  updated_at: instant,
})
export type Template = z.infer<typeof template>

export const templateQuery = pageQuery.extend({
  connector_id: connectorId.optional(),
  status: templateStatus.optional(),
  search: z.string().max(200).optional(),
})
export type TemplateQuery = z.infer<typeof templateQuery>

/** A draft: nothing leaves the hub before it is submitted. Components as in Meta's template API. */
export const createTemplate = z.strictObject({
  connector_id: connectorId,
  name: z
    .string()
    .regex(/^[a-z0-9_]{1,512}$/, 'A name has small letters, digits and underscores only, at most 512.'),
  language: z.string().regex(/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/, 'A language is written like en or en_US.'),
  category: templateCategory,
  parameter_format: z.enum(['POSITIONAL', 'NAMED']).default('POSITIONAL'),
  components: z
    .array(templateComponent)
    .min(1)
    .max(10)
    .refine(
      (all) => all.some(({ type, text }) => type.toUpperCase() === 'BODY' && (text ?? '') !== ''),
      'A template needs a body with text.',
    ),
})
export type CreateTemplate = z.infer<typeof createTemplate>

/** Name and language stay. What was submitted is reviewed anew. */
export const updateTemplate = z
  .strictObject({
    category: templateCategory.optional(),
    components: createTemplate.shape.components.optional(),
  })
  .refine(({ category, components }) => category !== undefined || components !== undefined, {
    error: 'Give a category or components.',
  })
export type UpdateTemplate = z.infer<typeof updateTemplate>

export const templateSync = z.object({
  found: z.number().int(),
  changed: z.number().int(),
  gone: z.number().int(),
})
export type TemplateSync = z.infer<typeof templateSync>

/** One thing that happened to a template, or that the provider says will happen. */
export const templateChange = z.object({
  id: templateChangeId,
  topic: z.enum(['status', 'category', 'quality']),
  /** `announced` and `detected`: the category will change; `word`: a word of the provider that changes no state. */
  step: z.enum(['done', 'announced', 'detected', 'word']),
  previous: z.string().nullable(),
  value: z.string().nullable(),
  reason: z.string().nullable(),
  takes_effect_at: instant.nullable(),
  at: instant,
  /** The webhook that told it; null when it was learnt by a sync. */
  inbound_log_id: inboundLogId.nullable(),
})
export type TemplateChange = z.infer<typeof templateChange>
