import { sql } from 'kysely'
import { expect } from 'vitest'
import { type List, listMatch } from '../../../contract/index.ts'
import type { Ctx } from '../../platform/index.ts'
import { selectCounts } from '../lists/count-queries.ts'
import { recountList } from '../lists/recount-queries.ts'
import { chooseMatch } from '../match/choose-match.ts'
import { createSpikeMeter } from '../running/error-spike.ts'
import { createRateMeter } from '../running/measure-rates.ts'
import { expandListsOnce, keepListsOnce } from '../running/worker.ts'
import { type SeededHub, uploadList } from './seed-hub.ts'

export function fileOf(count: number): string {
  const lines = Array.from({ length: count }, (_, i) => `${59891000000 + i},Ana,A-${i}`)
  return ['phone,name,order', ...lines].join('\n')
}

/** Takes lists through their life without a worker: each turn is called by the test. */
export function createDriver(ctx: Ctx) {
  const kept = { gates: new Map(), meter: createRateMeter(), spikes: createSpikeMeter() }
  const db = ctx.db.worker

  return {
    readyList: async (seeded: SeededHub, file: string, starts_at: string | null = null): Promise<List> => {
      const { id } = await uploadList(ctx, seeded, file)
      const variables = { 1: { column: 'name' }, 2: { column: 'order' } }
      const match = listMatch.parse({ phone: 'phone', variables, starts_at })
      return chooseMatch(ctx, seeded.owner, { listId: id, match })
    },
    turn: async (): Promise<void> => {
      await keepListsOnce(ctx, kept)
      while (await expandListsOnce(ctx));
      await keepListsOnce(ctx, kept)
    },
    gateOf: async ({ id }: List): Promise<Date | null | undefined> => {
      const { rows } = await sql<{ sends_until: Date | null }>`
        select sends_until from list_gates where list_id = ${id}`.execute(db)
      return rows[0]?.sends_until
    },
    eventsOf: async ({ id }: List): Promise<string[]> => {
      const { rows } = await sql<{ type: string }>`
        select type from events where list_id = ${id} order by seq`.execute(db)
      return rows.map((row) => row.type)
    },
    /** What lanes and webhooks would do. */
    settle: async ({ id }: List, set: string, where = 'true'): Promise<void> => {
      await sql`update messages set ${sql.raw(set)} where list_id = ${id} and ${sql.raw(where)}`.execute(db)
    },
    makeDue: async ({ id }: List, secondsAgo: number): Promise<void> => {
      await sql`
        update lists set starts_at = now() - make_interval(secs => ${secondsAgo}) where id = ${id}`.execute(
        db,
      )
    },
    expectExactCounts: async ({ owner }: SeededHub, { id }: List): Promise<void> => {
      const sorted = (rows: { bucket: string; reason: string; n: number }[]) =>
        rows.map((row) => `${row.bucket}/${row.reason}: ${row.n}`).sort()
      const counted = await selectCounts(db, owner.workspaceId, [id])
      expect(sorted(counted)).toEqual(sorted(await recountList(db, owner.workspaceId, id)))
    },
  }
}
