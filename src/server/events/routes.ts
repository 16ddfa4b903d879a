import { type Event, event, eventQuery, eventType, pageOf } from '../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp, openCursor, ParleyError, sealCursor } from '../platform/index.ts'
import { type FeedPosition, type FeedRow, selectFeed } from './queries.ts'

/** `GET /events`: the diary as a feed. Its cursor is given on every page, so a reader can go on from where it stopped. */
export function registerEventRoutes(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/events',
    {
      config: { access: { role: 'supervisor', scope: 'read' } },
      schema: {
        tags: ['Events'],
        summary: 'Feed of events, oldest first',
        querystring: eventQuery,
        response: { 200: pageOf(event) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { limit, cursor, since } = request.query
      const rows = await ctx.db.inWorkspace(workspaceId, (tx) =>
        selectFeed(tx, workspaceId, {
          after: cursor === undefined ? null : readPosition(openCursor(ctx, cursor)),
          types: readTypes(request.query.types),
          since: since === undefined ? null : new Date(since),
          limit,
        }),
      )
      const last = rows.at(-1)
      return {
        data: rows.map(presentEvent),
        next_cursor: last === undefined ? (cursor ?? null) : sealCursor(ctx, `${last.xid}.${last.seq}`),
      }
    },
  )
}

function readTypes(types: string | undefined): string[] {
  const names = (types ?? '').split(',').filter((name) => name !== '')
  for (const name of names) {
    if (!eventType.safeParse(name).success) {
      throw new ParleyError('validation_failed', `There is no event type "${name}".`, {
        fields: [{ path: 'types', message: `There is no event type "${name}".` }],
      })
    }
  }
  return names
}

function readPosition(text: string): FeedPosition {
  const [xid = '0', seq = '0'] = text.split('.')
  return { xid, seq: Number(seq) }
}

function presentEvent(row: FeedRow): Event {
  return event.parse({ id: row.id, type: row.type, at: row.at.toISOString(), data: row.data })
}
