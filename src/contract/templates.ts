import { z } from 'zod'
import { connectorId, templateId } from './ids.ts'
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

export const templateSync = z.object({
  found: z.number().int(),
  changed: z.number().int(),
  gone: z.number().int(),
})
export type TemplateSync = z.infer<typeof templateSync>
