import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { seedWorkspace, testCtx } from './index.ts'

const ctx = await testCtx()

describe('a test context', () => {
  it('sees only the rows of the workspace it works in', async () => {
    const mine = await seedWorkspace(ctx)
    await seedWorkspace(ctx)
    const seen = await ctx.db.inWorkspace(mine.workspaceId, (tx) =>
      sql<{ id: string }>`select id from workspaces`.execute(tx),
    )
    expect(seen.rows).toEqual([{ id: mine.workspaceId }])
  })

  it('lets workers see every workspace', async () => {
    const { rows } = await sql<{ count: number }>`select count(*) from workspaces`.execute(ctx.db.worker)
    expect(rows[0]?.count).toBe(2)
  })

  it('carries no workspace over to the next use of a connection', async () => {
    const { workspaceId } = await seedWorkspace(ctx)
    await ctx.db.inWorkspace(workspaceId, (tx) => sql`select 1`.execute(tx))
    const seen = await ctx.db.inWorkspace('', (tx) => sql`select id from workspaces`.execute(tx))
    expect(seen.rows).toEqual([])
  })
})
