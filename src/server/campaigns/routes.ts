import { z } from 'zod'
import {
  campaign,
  campaignId,
  createCampaign as createCampaignBody,
  pageOf,
  pageQuery,
  updateCampaign as updateCampaignBody,
} from '../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp, openCursor, ParleyError, page } from '../platform/index.ts'
import { createCampaign } from './create-campaign.ts'
import { deleteCampaign } from './delete-campaign.ts'
import { presentCampaign } from './present-campaign.ts'
import { selectCampaign, selectCampaigns } from './queries.ts'
import { updateCampaign } from './update-campaign.ts'

const reading = { access: { role: 'supervisor', scope: 'read' } } as const
const managing = { access: { role: 'admin', scope: 'manage' } } as const
const params = z.strictObject({ id: campaignId })
const tags = ['Campaigns']

export function registerCampaignRoutes(app: HttpApp, ctx: Ctx): void {
  registerReading(app, ctx)
  registerWriting(app, ctx)
}

function registerReading(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/campaigns',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Campaigns, newest first',
        querystring: pageQuery,
        response: { 200: pageOf(campaign) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { limit, cursor } = request.query
      const before = cursor === undefined ? null : openCursor(ctx, cursor)
      const rows = await ctx.db.inWorkspace(workspaceId, (tx) =>
        selectCampaigns(tx, workspaceId, { before, limit }),
      )
      return page(ctx, rows, { limit, cursorOf: (row) => row.id, present: presentCampaign })
    },
  )
  app.get(
    '/campaigns/:id',
    { config: reading, schema: { tags, summary: 'A campaign', params, response: { 200: campaign } } },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const row = await ctx.db.inWorkspace(workspaceId, (tx) =>
        selectCampaign(tx, workspaceId, request.params.id),
      )
      if (!row) throw new ParleyError('not_found', 'There is no such campaign.')
      return presentCampaign(row)
    },
  )
}

function registerWriting(app: HttpApp, ctx: Ctx): void {
  app.post(
    '/campaigns',
    {
      config: managing,
      schema: { tags, summary: 'Create a campaign', body: createCampaignBody, response: { 201: campaign } },
    },
    async (request, reply) => reply.code(201).send(await createCampaign(ctx, actorOf(request), request.body)),
  )
  app.patch(
    '/campaigns/:id',
    {
      config: managing,
      schema: {
        tags,
        summary: 'Change a campaign',
        params,
        body: updateCampaignBody,
        response: { 200: campaign },
      },
    },
    async (request) =>
      updateCampaign(ctx, actorOf(request), { id: request.params.id, changes: request.body }),
  )
  app.delete(
    '/campaigns/:id',
    { config: managing, schema: { tags, summary: 'Delete an unused campaign', params } },
    async (request, reply) => {
      await deleteCampaign(ctx, actorOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
}
