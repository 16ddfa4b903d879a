import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Emulator } from '../emulator.ts'
import { type Fault, fault, missingObject } from '../faults/faults.ts'
import type { Json } from '../json.ts'
import { newObjectId } from '../world/identifiers.ts'
import { componentsSchema, needsOf, TEMPLATE_CATEGORIES, type Template } from '../world/templates.ts'
import { assetFault } from './authorize.ts'
import { checkDraft } from './check-draft.ts'
import { describeTemplate, TEMPLATE_DEFAULT_FIELDS } from './describe-template.ts'
import { pickFields } from './fields.ts'
import { type GraphAnswer, type GraphCall, graphRoute, textOf, wabaOf } from './graph-route.ts'
import { pageOf } from './paging.ts'
import { scheduleReview } from './review-template.ts'
import { pageAsk } from './waba-routes.ts'

const upperCased = z.string().transform((text) => text.toUpperCase())

const draftSchema = z.object({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/, 'must be lower-case letters, digits and underscores'),
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, 'must be a supported language'),
  category: upperCased.pipe(z.enum(TEMPLATE_CATEGORIES)),
  parameter_format: upperCased.pipe(z.enum(['POSITIONAL', 'NAMED'])).default('POSITIONAL'),
  message_send_ttl_seconds: z.number().optional(),
  components: componentsSchema,
})

const editSchema = draftSchema
  .pick({ components: true, category: true, message_send_ttl_seconds: true })
  .partial()

export function registerTemplateRoutes(http: FastifyInstance, emulator: Emulator): void {
  graphRoute(http, emulator, 'GET', '/:id/message_templates', listTemplates)
  graphRoute(http, emulator, 'POST', '/:id/message_templates', createTemplate)
  graphRoute(http, emulator, 'DELETE', '/:id/message_templates', deleteTemplates)
}

/** The template with the id asked for, if this token may see it. */
export function templateOf(call: GraphCall): Template | Fault {
  const template = call.emulator.world.templates.get(call.objectId)
  if (template === undefined) return missingObject(call.objectId, call.request.method)
  return assetFault(call.grant, template.wabaId) ?? template
}

/** `POST /{template_id}`: new components replace the old ones and are reviewed again. */
export function editTemplate(call: GraphCall, template: Template): GraphAnswer {
  if (!['APPROVED', 'REJECTED', 'PAUSED'].includes(template.status)) {
    return { fault: fault(100, `A template that is ${template.status} cannot be edited.`) }
  }
  const edit = editSchema.safeParse(decoded(call.params))
  if (!edit.success) return { fault: schemaFault(edit.error) }
  const { components, category, message_send_ttl_seconds: ttlSeconds } = edit.data
  if (category !== undefined && category !== template.category && template.status === 'APPROVED') {
    return { fault: fault(100, 'The category of an approved template cannot be edited.') }
  }
  const wrong = components === undefined ? undefined : checkDraft(components, category ?? template.category)
  if (wrong !== undefined) return { fault: wrong }
  if (components !== undefined) {
    template.components = components
    template.needs = needsOf(components)
  }
  if (category !== undefined) template.category = category
  if (ttlSeconds !== undefined) template.ttlSeconds = ttlSeconds
  template.status = 'PENDING'
  template.updatedMs = Date.now()
  scheduleReview(call.emulator, template)
  return { success: true, id: template.id, name: template.name, category: template.category }
}

function listTemplates(call: GraphCall): GraphAnswer {
  const waba = wabaOf(call)
  if ('code' in waba) return { fault: waba }
  const { params } = call
  const matching = call.emulator.world.templates
    .ofWaba(waba.id)
    .filter((template) => isAskedFor(template, params))
  const paged = pageOf(matching, pageAsk(call))
  if ('fault' in paged) return paged
  const data: Json[] = []
  for (const template of paged.page) {
    const described = pickFields(describeTemplate(template), params.fields, TEMPLATE_DEFAULT_FIELDS)
    if ('fault' in described) return described
    data.push(described.picked)
  }
  return paged.paging === undefined ? { data } : { data, paging: paged.paging }
}

function isAskedFor(template: Template, params: Json): boolean {
  const name = textOf(params.name)
  const content = textOf(params.content) ?? textOf(params.name_or_content)
  return (
    (name === undefined || template.name.includes(name)) &&
    (content === undefined || template.needs.bodyText.includes(content) || template.name.includes(content)) &&
    (params.language === undefined || template.language === params.language) &&
    (params.status === undefined || template.status === String(params.status).toUpperCase()) &&
    (params.category === undefined || template.category === String(params.category).toUpperCase()) &&
    (params.quality_score === undefined || template.quality === String(params.quality_score).toUpperCase())
  )
}

function createTemplate(call: GraphCall): GraphAnswer {
  const waba = wabaOf(call)
  if ('code' in waba) return { fault: waba }
  const draft = draftSchema.safeParse(decoded(call.params))
  if (!draft.success) return { fault: schemaFault(draft.error) }
  const { name, language, category, components } = draft.data
  const { templates } = call.emulator.world
  if (templates.find(waba.id, name, language) !== undefined) return { fault: existingFault(name, language) }
  const wrong = checkDraft(components, category)
  if (wrong !== undefined) return { fault: wrong }
  const template: Template = {
    id: newObjectId(),
    wabaId: waba.id,
    name,
    language,
    category,
    previousCategory: undefined,
    correctCategory: undefined,
    parameterFormat: draft.data.parameter_format,
    components,
    status: 'PENDING',
    rejectedReason: 'NONE',
    quality: 'UNKNOWN',
    ttlSeconds: draft.data.message_send_ttl_seconds,
    updatedMs: Date.now(),
    needs: needsOf(components),
  }
  templates.add(template)
  scheduleReview(call.emulator, template)
  return { id: template.id, status: template.status, category: template.category }
}

function deleteTemplates(call: GraphCall): GraphAnswer {
  const waba = wabaOf(call)
  if ('code' in waba) return { fault: waba }
  const { templates } = call.emulator.world
  const name = textOf(call.params.name)
  const id = textOf(call.params.hsm_id)
  const ids = listOf(call.params.hsm_ids)
  if (name === undefined && ids.length === 0) return { fault: fault(100, 'Param name is required.') }
  const leaving = templates
    .ofWaba(waba.id)
    .filter(
      (template) =>
        ids.includes(template.id) || (template.name === name && (id ?? template.id) === template.id),
    )
  if (leaving.length === 0) {
    return {
      fault: {
        code: 100,
        subcode: 2593002,
        message: 'Invalid parameter',
        details: 'Message template not found',
      },
    }
  }
  for (const template of leaving) templates.remove(template)
  return { success: true }
}

function listOf(value: unknown): string[] {
  if (typeof value !== 'string') return Array.isArray(value) ? value.map(String) : []
  return value.match(/\d+/g) ?? []
}

/** Form posts carry components as a JSON text. */
function decoded(params: Json): Json {
  if (typeof params.components !== 'string') return params
  try {
    const components: unknown = JSON.parse(params.components)
    return { ...params, components }
  } catch {
    return params
  }
}

function schemaFault(error: z.ZodError): Fault {
  const issue = error.issues[0]
  return fault(100, `Param ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`)
}

function existingFault(name: string, language: string): Fault {
  return {
    code: 100,
    message: 'Invalid parameter',
    subcode: 2388024,
    userTitle: 'Content in this language already exists',
    userMessage: `There is already ${language} content for ${name}.`,
  }
}
