import { type Event, event, eventQuery, eventType, pageOf } from '../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp, openCursor, ParleyError, sealCursor } from '../platform/index.ts'
import { type FeedPosition, type FeedRow, hasMissed, selectFeed, selectHorizon } from './queries.ts'

/** `GET /events`: the diary as a feed. Its cursor is given on every page, so a reader can go on from where it stopped. */
export function registerEventRoutes(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/events',
    {
      config: { access: { role: 'supervisor', scope: 'read' } },
      schema: {
        tags: ['Events'],
        summary: 'Feed of events, oldest first',
        description:
          'Every page has a `next_cursor`, also the last one. A cursor from before the oldest event that is still kept is answered with `cursor_expired`.',
        querystring: eventQuery,
        response: { 200: pageOf(event) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { limit, cursor, since } = request.query
      const after = cursor === undefined ? null : readPosition(openCursor(ctx, cursor, formOfPosition))
      const types = readTypes(request.query.types)
      const { rows, horizon } = await ctx.db.inWorkspace(workspaceId, async (tx) => {
        if (after !== null && (await hasMissed(tx, workspaceId, after))) throw cursorExpired(ctx)
        const horizon = await selectHorizon(tx)
        const from = { after, horizon, since: since === undefined ? null : new Date(since) }
        return { horizon, rows: await selectFeed(tx, workspaceId, { ...from, types, limit }) }
      })
      // At the end it is the horizon: whoever waits for a rare type doesn't read all others again and again.
      const last = rows.length < limit ? horizon : (rows.at(-1) ?? horizon)
      return { data: rows.map(presentEvent), next_cursor: sealCursor(ctx, writePosition(last)) }
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

const formOfPosition = /^\d+\.\d+\.\d+$/

function writePosition({ era, xid, seq }: FeedPosition): string {
  return `${era}.${xid}.${seq}`
}

function readPosition(text: string): FeedPosition {
  const [era = '0', xid = '0', seq = '0'] = text.split('.')
  return { era: Number(era), xid, seq: Number(seq) }
}

function cursorExpired({ config }: Ctx): ParleyError {
  const days = config.keepEventsDays
  return new ParleyError(
    'cursor_expired',
    `Events after this cursor are not kept any more: they are removed after ${days} days. Read the state of what you follow anew, then begin the feed without a cursor.`,
    { kept_days: days },
  )
}

function presentEvent(row: FeedRow): Event {
  return event.parse({ id: row.id, type: row.type, at: row.at.toISOString(), data: row.data })
}
