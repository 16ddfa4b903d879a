import { z } from 'zod'
import { createReplay, endpointId, pageOf, replay, replayId } from '../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp, ParleyError } from '../platform/index.ts'
import { cancelReplay } from './cancel-replay.ts'
import { selectEndpoint } from './queries-endpoints.ts'
import { selectReplay, selectReplays } from './queries-replays.ts'
import { presentReplay, replaySpan } from './replay-span.ts'

const endpointParams = z.strictObject({ id: endpointId })
const replayParams = z.strictObject({ id: endpointId, replay_id: replayId })

export function registerReplayRoutes(app: HttpApp, ctx: Ctx): void {
  registerActs(app, ctx)
  registerReading(app, ctx)
}

function registerActs(app: HttpApp, ctx: Ctx): void {
  app.post(
    '/webhook-endpoints/:id/replay',
    {
      config: { access: { role: 'admin', scope: 'manage' } },
      schema: {
        tags: ['Webhooks'],
        summary: 'Deliver the events of a span once more',
        params: endpointParams,
        body: createReplay,
        response: { 202: replay },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await replaySpan(ctx, actorOf(request), request.params.id, request.body)),
  )
  app.post(
    '/webhook-endpoints/:id/replays/:replay_id/cancel',
    {
      config: { access: { role: 'admin', scope: 'manage' } },
      schema: {
        tags: ['Webhooks'],
        summary: 'End a replay and what it queued',
        params: replayParams,
        response: { 200: replay },
      },
    },
    async (request) => {
      const { id, replay_id } = request.params
      return cancelReplay(ctx, actorOf(request), { endpointId: id, replayId: replay_id })
    },
  )
}

function registerReading(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/webhook-endpoints/:id/replays',
    {
      config: { access: { role: 'supervisor', scope: 'read' } },
      schema: {
        tags: ['Webhooks'],
        summary: 'Replays to an endpoint, newest first',
        params: endpointParams,
        response: { 200: pageOf(replay) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const rows = await ctx.db.inWorkspace(workspaceId, async (tx) => {
        const endpoint = await selectEndpoint(tx, workspaceId, request.params.id)
        if (endpoint === null) throw new ParleyError('not_found', 'There is no such endpoint.')
        return selectReplays(tx, workspaceId, endpoint.id)
      })
      return { data: rows.map(presentReplay), next_cursor: null }
    },
  )
  app.get(
    '/webhook-endpoints/:id/replays/:replay_id',
    {
      config: { access: { role: 'supervisor', scope: 'read' } },
      schema: {
        tags: ['Webhooks'],
        summary: 'How far a replay has come',
        params: replayParams,
        response: { 200: replay },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { id, replay_id } = request.params
      const row = await ctx.db.inWorkspace(workspaceId, (tx) => selectReplay(tx, workspaceId, replay_id))
      if (row?.endpoint_id !== id) throw new ParleyError('not_found', 'There is no such replay.')
      return presentReplay(row)
    },
  )
}
