import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Event, type EventType, numberId } from '../../contract/index.ts'
import { type Actor, createHttpApp, type HttpApp } from '../platform/index.ts'
import { type SeededWorkspace, seedWorkspace, testCtx, testDatabase } from '../platform/testing/index.ts'
import { appendEvents } from './append-event.ts'
import { removeEvents } from './remove-events.ts'
import { registerEventRoutes } from './routes.ts'

const database = await testDatabase()
const ctx = await testCtx({ database, config: { keepEventsDays: 30 } })
const dayMs = 86_400_000
const later = { ...ctx, clock: { ...ctx.clock, now: () => new Date(Date.now() + 40 * dayMs) } }
const statuses: Record<string, number> = { cursor_expired: 410 }

let app: HttpApp
let actor: Actor
beforeAll(() => {
  app = createHttpApp(ctx, { statusOf: (code) => statuses[code] ?? 500 })
  app.addHook('onRequest', async (request) => {
    request.actor = actor
  })
  registerEventRoutes(app, ctx)
})
afterAll(() => app.close())

async function asOwner(statement: string): Promise<void> {
  const client = new pg.Client({ ...database.target })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

async function shop(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(ctx)
  actor = workspace.owner
  return workspace
}

function write({ workspaceId }: SeededWorkspace, count: number): Promise<string[]> {
  const number = numberId.parse(ctx.random.id('num'))
  const type: EventType = 'message.sent'
  const entries = Array.from({ length: count }, () => ({ type, at: new Date(), number_id: number, data: {} }))
  return ctx.db.inWorkspace(workspaceId, (tx) => appendEvents(tx, workspaceId, entries))
}

async function read(cursor?: string, limit = 3) {
  const query =
    cursor === undefined ? `limit=${limit}` : `limit=${limit}&cursor=${encodeURIComponent(cursor)}`
  const answer = await app.inject({ url: `/events?${query}` })
  return {
    status: answer.statusCode,
    body: answer.json<{ data: Event[]; next_cursor: string; error?: unknown }>(),
  }
}

describe('events older than they are kept', () => {
  it('are removed, and a reader who stands before them is told, others are not', async () => {
    const workspace = await shop()
    await write(workspace, 7)
    const first = await read()
    const end = await read((await read(first.body.next_cursor)).body.next_cursor)
    expect(end.body.data).toHaveLength(1)
    expect(await removeEvents(ctx)).toBe(0)
    expect(await removeEvents(later)).toBeGreaterThanOrEqual(7)
    const ids = await write(workspace, 2)

    const missed = await read(first.body.next_cursor)
    expect(missed).toMatchObject({
      status: 410,
      body: { error: { code: 'cursor_expired', details: { kept_days: 30 } } },
    })
    expect((await read(end.body.next_cursor)).body.data.map(({ id }) => id)).toEqual(ids)
    expect((await read()).body.data.map(({ id }) => id)).toEqual(ids)
  })

  it('leave alone whoever waits for a rare type and asks now and then', async () => {
    const workspace = await shop()
    const rare = (cursor = '') => app.inject({ url: `/events?types=template.status_updated${cursor}` })
    await write(workspace, 3)
    const { next_cursor } = (await rare()).json<{ next_cursor: string }>()
    expect(next_cursor).not.toBeNull()
    await removeEvents(later)
    const answer = await rare(`&cursor=${encodeURIComponent(next_cursor)}`)
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { data: [] }])
  })
})

describe('a diary that goes on in another cluster', () => {
  it('is read on from the cursors of before, though its transactions begin anew', async () => {
    const workspace = await shop()
    const before = await write(workspace, 4)
    // As in a restored dump: the rows name transactions that this cluster reaches only years later.
    await sql`update events set xid = (xid::text::bigint + 4000000000)::text::xid8
      where workspace_id = ${workspace.workspaceId}`.execute(ctx.db.worker)
    await asOwner(`insert into event_eras (era, cluster) values (1, 'another')`)
    try {
      const first = await read()
      expect(first.body.data.map(({ id }) => id)).toEqual(before.slice(0, 3))
      const after = await write(workspace, 1)
      const rest = await read(first.body.next_cursor)
      expect(rest.body.data.map(({ id }) => id)).toEqual([...before.slice(3), ...after])
    } finally {
      await asOwner('delete from event_eras where era = 1')
    }
  })
})
