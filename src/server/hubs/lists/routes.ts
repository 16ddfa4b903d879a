import { z } from 'zod'
import {
  hubId,
  list,
  listForecast,
  listId,
  listMatch,
  listPreview,
  listQuery,
  pageOf,
  pageQuery,
  preflight,
  testSend as testSendBody,
  updateList as updateListBody,
} from '../../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp, openCursor, ParleyError } from '../../platform/index.ts'
import type { ServerCtx } from '../../providers/index.ts'
import { selectHub } from '../hub/queries.ts'
import { chooseMatch } from '../match/choose-match.ts'
import { previewRow } from '../match/preview-row.ts'
import { cancelList } from './cancel-list.ts'
import { deleteList } from './delete-list.ts'
import { forecastList } from './forecast-list.ts'
import { pauseList } from './pause-list.ts'
import { preflightList } from './preflight-list.ts'
import { readList } from './read-list.ts'
import { readLists } from './read-lists.ts'
import { resumeList } from './resume-list.ts'
import { retryFailed } from './retry-failed.ts'
import { startList } from './start-list.ts'
import { testSend } from './test-send.ts'
import { updateList } from './update-list.ts'

const reading = { access: { role: 'supervisor', scope: 'read' } } as const
const sending = { access: { role: 'supervisor', scope: 'send' } } as const
const params = z.strictObject({ id: listId })
const tags = ['Lists']
const previewQuery = z.strictObject({ row: z.coerce.number().int().min(1).default(1) })

export function registerListReading(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/hubs/:id/lists',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Lists of a hub, newest first',
        params: z.strictObject({ id: hubId }),
        querystring: pageQuery,
        response: { 200: pageOf(list) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { limit, cursor } = request.query
      const before = cursor === undefined ? null : openCursor(ctx, cursor)
      const hub = await ctx.db.inWorkspace(workspaceId, (tx) => selectHub(tx, workspaceId, request.params.id))
      if (!hub) throw new ParleyError('not_found', 'There is no such hub.')
      return readLists(ctx, workspaceId, { before, limit, hub_id: hub.id })
    },
  )
  app.get(
    '/lists',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Lists of all hubs, newest first',
        querystring: listQuery,
        response: { 200: pageOf(list) },
      },
    },
    async (request) => {
      const { cursor, ...filter } = request.query
      const before = cursor === undefined ? null : openCursor(ctx, cursor)
      return readLists(ctx, actorOf(request).workspaceId, { before, ...filter })
    },
  )
  registerOneList(app, ctx)
}

function registerOneList(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/lists/:id',
    { config: reading, schema: { tags, summary: 'A list', params, response: { 200: list } } },
    async (request) => readList(ctx, actorOf(request).workspaceId, request.params.id),
  )
  app.get(
    '/lists/:id/forecast',
    {
      config: reading,
      schema: {
        tags,
        summary: 'When a list will be through, and what it takes of the daily limit',
        params,
        response: { 200: listForecast },
      },
    },
    async (request) => forecastList(ctx, actorOf(request).workspaceId, request.params.id),
  )
  app.get(
    '/lists/:id/preview',
    {
      config: reading,
      schema: {
        tags,
        summary: 'What one row fills into the template',
        params,
        querystring: previewQuery,
        response: { 200: listPreview },
      },
    },
    async (request) =>
      previewRow(ctx, actorOf(request).workspaceId, {
        listId: request.params.id,
        rowNumber: request.query.row,
      }),
  )
}

export function registerListPreparing(app: HttpApp, ctx: Ctx): void {
  app.put(
    '/lists/:id/match',
    {
      config: sending,
      schema: { tags, summary: 'Match columns', params, body: listMatch, response: { 200: list } },
    },
    async (request) => chooseMatch(ctx, actorOf(request), { listId: request.params.id, match: request.body }),
  )
  app.post(
    '/lists/:id/preflight',
    {
      config: reading,
      schema: { tags, summary: 'What a start would do', params, response: { 200: preflight } },
    },
    async (request) => preflightList(ctx, actorOf(request).workspaceId, request.params.id),
  )
  app.delete(
    '/lists/:id',
    { config: sending, schema: { tags, summary: 'Delete a list that was never started', params } },
    async (request, reply) => {
      await deleteList(ctx, actorOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
}

const acts = {
  start: { summary: 'Start now, or at the time of the match', act: startList },
  pause: { summary: 'Pause', act: pauseList },
  resume: { summary: 'Resume', act: resumeList },
  cancel: { summary: 'Cancel for good', act: cancelList },
  'retry-failed': {
    summary: 'Send again to those whose message failed; what has to rest for a day is left out until then',
    act: retryFailed,
  },
}

export function registerListActs(app: HttpApp, ctx: ServerCtx): void {
  app.patch(
    '/lists/:id',
    {
      config: sending,
      schema: {
        tags,
        summary: 'Whether it may resume by itself, and its share of the number',
        params,
        body: updateListBody,
        response: { 200: list },
      },
    },
    async (request) =>
      updateList(ctx, actorOf(request), { listId: request.params.id, changes: request.body }),
  )
  for (const [name, { summary, act }] of Object.entries(acts)) {
    app.post(
      `/lists/:id/${name}`,
      { config: sending, schema: { tags, summary, params, response: { 200: list } } },
      async (request) => act(ctx, actorOf(request), request.params.id),
    )
  }
  app.post(
    '/lists/:id/test-send',
    {
      config: sending,
      schema: {
        tags,
        summary: 'Send the message of one row to a number of yours',
        params,
        body: testSendBody,
        response: { 200: list },
      },
    },
    async (request) => testSend(ctx, actorOf(request), { listId: request.params.id, test: request.body }),
  )
}
