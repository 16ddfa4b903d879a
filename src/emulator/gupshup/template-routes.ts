import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Emulator } from '../emulator.ts'
import { checkDraft } from '../graph/check-draft.ts'
import { scheduleReview } from '../graph/review-template.ts'
import { findTemplate, type GupshupApp, templateIdFrom } from '../world/gupshup-apps.ts'
import { newObjectId } from '../world/identifiers.ts'
import { needsOf, TEMPLATE_CATEGORIES, type Template } from '../world/templates.ts'
import { appFor, type Refusal } from './authorize-app.ts'
import { componentsFrom, describeForGupshup } from './template-form.ts'

interface ByApp {
  Params: { id: string; template: string }
  Querystring: { pageNo?: string; pageSize?: string; templateStatus?: string; languageCode?: string }
}
type Request = FastifyRequest<ByApp>

const draftSchema = z.looseObject({
  elementName: z.string().regex(/^[a-z0-9_]{1,180}$/),
  languageCode: z.string().default('en_US'),
  category: z.enum(TEMPLATE_CATEGORIES),
  templateType: z.string().default('TEXT'),
  content: z.string(),
  vertical: z.string().min(1).max(180),
})

/** Templates of an app, for its key and, under other paths, for partners. */
export function registerTemplateRoutes(http: FastifyInstance, emulator: Emulator): void {
  for (const isPartner of [false, true]) {
    const base = isPartner ? '/partner/app/:id' : '/wa/app/:id'
    const list = isPartner ? 'templates' : 'template'
    const withApp =
      (serve: (app: GupshupApp, request: Request) => object) => (request: Request, reply: FastifyReply) => {
        const app = appFor(emulator.world, request.params.id, request.headers, isPartner)
        const said = 'message' in app ? app : serve(app, request)
        return isRefusal(said) ? refuse(reply, said) : reply.send({ status: 'success', ...said })
      }
    http.get<ByApp>(
      `${base}/${list}`,
      withApp((app, request) => listTemplates(emulator, app, request)),
    )
    http.post<ByApp>(
      `${base}/${list}`,
      withApp((app, request) => createTemplate(emulator, app, request.body)),
    )
    http.get<ByApp>(
      `${base}/${list}/:template`,
      withApp((app, { params }) => {
        const template = findTemplate(emulator.world, app, params.template)
        return template === undefined ? NO_TEMPLATE : { template: describeForGupshup(app, template) }
      }),
    )
    http.delete<ByApp>(
      `${base}/template/:template`,
      withApp((app, { params }) => deleteTemplates(emulator, app, params.template)),
    )
  }
}

const NO_TEMPLATE: Refusal = { status: 404, message: 'Template Not Found' }

function isRefusal(said: object): said is Refusal {
  return 'status' in said && typeof said.status === 'number'
}

function refuse(reply: FastifyReply, { status, message }: Refusal): FastifyReply {
  return reply.code(status).send({ status: 'error', message })
}

function listTemplates(emulator: Emulator, app: GupshupApp, { query }: Request): object {
  const { templateStatus, languageCode } = query
  const matching = emulator.world.templates
    .ofWaba(app.wabaId)
    .filter((template) => templateStatus === undefined || template.status === templateStatus)
    .filter((template) => languageCode === undefined || template.language === languageCode)
  const size = Math.max(1, Number(query.pageSize ?? 100) || 100)
  const page = Math.max(1, Number(query.pageNo ?? 1) || 1)
  const shown = matching.slice((page - 1) * size, page * size)
  return { templates: shown.map((template) => describeForGupshup(app, template)) }
}

function createTemplate(emulator: Emulator, app: GupshupApp, body: unknown): object {
  const draft = draftSchema.safeParse(body)
  if (!draft.success) return { status: 400, message: `Invalid ${draft.error.issues[0]?.path.join('.')}` }
  const { elementName: name, languageCode: language, category } = draft.data
  const { templates } = emulator.world
  if (templates.find(app.wabaId, name, language) !== undefined) {
    return {
      status: 400,
      message: 'Template Already exists with same namespace and elementName and languageCode',
    }
  }
  const components = componentsFrom(draft.data)
  const wrong = checkDraft(components, category)
  if (wrong !== undefined) return { status: 400, message: wrong.userMessage ?? 'Invalid Template' }
  const template: Template = {
    id: newObjectId(),
    wabaId: app.wabaId,
    name,
    language,
    category,
    previousCategory: undefined,
    correctCategory: undefined,
    parameterFormat: 'POSITIONAL',
    components,
    status: 'PENDING',
    rejectedReason: 'NONE',
    quality: 'UNKNOWN',
    ttlSeconds: undefined,
    updatedMs: Date.now(),
    needs: needsOf(components),
  }
  templates.add(template)
  scheduleReview(emulator, template)
  const id = templateIdFrom(template.id)
  return {
    template: { id, appId: app.id, elementName: name, languageCode: language, category, status: 'PENDING' },
  }
}

function deleteTemplates(emulator: Emulator, app: GupshupApp, name: string): object {
  const { templates } = emulator.world
  const leaving = templates.ofWaba(app.wabaId).filter((template) => template.name === name)
  for (const template of leaving) templates.remove(template)
  return leaving.length === 0 ? NO_TEMPLATE : {}
}
