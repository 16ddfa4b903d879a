import { describe, expect, it } from 'vitest'
import type { EventType } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { type SeededWorkspace, seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { appendEvent, appendEvents } from './append-event.ts'
import { type FeedPosition, selectFeed, selectHorizon } from './queries.ts'

const ctx = await testCtx()

/** A transaction that has written its event and commits when told to. */
async function openTransaction(workspace: SeededWorkspace, type: EventType = 'message.sent') {
  let release: (commits: boolean) => void = () => undefined
  const told = new Promise<boolean>((resolve) => {
    release = resolve
  })
  let written: (id: string) => void = () => undefined
  const id = new Promise<string>((resolve) => {
    written = resolve
  })
  const ended = ctx.db
    .inWorkspace(workspace.workspaceId, async (tx) => {
      written(await appendEvent(tx, workspace.workspaceId, { type, at: new Date(), data: {} }))
      if (!(await told)) throw new Error('rolled back')
    })
    .catch(() => undefined)
  const end = (commits: boolean) => {
    release(commits)
    return ended
  }
  return { id: await id, commit: () => end(true), rollBack: () => end(false) }
}

async function readPage(
  tx: Db,
  { workspaceId }: SeededWorkspace,
  from: { after: FeedPosition | null; types: EventType[]; limit: number },
) {
  const horizon = await selectHorizon(tx)
  return { horizon, rows: await selectFeed(tx, workspaceId, { ...from, horizon, since: null }) }
}

/** Reads as a customer does: page after page from the last cursor, until nothing more comes. */
function reader(workspace: SeededWorkspace, limit = 2, types: EventType[] = []) {
  let after: FeedPosition | null = null
  return async (): Promise<string[]> => {
    const ids: string[] = []
    for (;;) {
      const { rows, horizon } = await ctx.db.inWorkspace(workspace.workspaceId, (tx) =>
        readPage(tx, workspace, { after, types, limit }),
      )
      ids.push(...rows.map((row) => row.id))
      after = rows.length < limit ? horizon : (rows.at(-1) ?? horizon)
      if (rows.length < limit) return ids
    }
  }
}

describe('the feed of events', () => {
  it('waits for a transaction that began earlier and commits later, and then skips nothing', async () => {
    const workspace = await seedWorkspace(ctx)
    const read = reader(workspace)
    const early = await openTransaction(workspace)
    const late = await openTransaction(workspace)
    await late.commit()
    expect(await read()).toEqual([])
    await early.commit()
    expect(await read()).toEqual([early.id, late.id])
    expect(await read()).toEqual([])
  })

  it('goes on when the transaction it waits for is rolled back', async () => {
    const workspace = await seedWorkspace(ctx)
    const read = reader(workspace)
    const [early, late] = [await openTransaction(workspace), await openTransaction(workspace)]
    await late.commit()
    await early.rollBack()
    expect(await read()).toEqual([late.id])
  })

  it('keeps the order of writing within a transaction over the borders of pages', async () => {
    const workspace = await seedWorkspace(ctx)
    const entries = Array.from({ length: 7 }, () => ({
      type: 'message.sent' as const,
      at: new Date(),
      data: {},
    }))
    const ids = await ctx.db.inWorkspace(workspace.workspaceId, (tx) =>
      appendEvents(tx, workspace.workspaceId, entries),
    )
    expect(await reader(workspace, 3)()).toEqual(ids)
  })

  it('with chosen types skips none of them', async () => {
    const workspace = await seedWorkspace(ctx)
    const read = reader(workspace, 1, ['message.read'])
    const [sent, seen] = [await openTransaction(workspace), await openTransaction(workspace, 'message.read')]
    await seen.commit()
    expect(await read()).toEqual([])
    await sent.commit()
    expect(await read()).toEqual([seen.id])
  })

  it('gives every event once while writers commit in any order', async () => {
    const workspace = await seedWorkspace(ctx)
    const read = reader(workspace, 10)
    const written: string[] = []
    const heard: string[] = []
    let isWriting = true
    const writers = Array.from({ length: 6 }, async () => {
      for (let n = 0; n < 25; n += 1) {
        const transaction = await openTransaction(workspace)
        await new Promise((resolve) => setTimeout(resolve, ctx.random.number() * 8))
        if (ctx.random.number() < 0.1) await transaction.rollBack()
        else {
          await transaction.commit()
          written.push(transaction.id)
        }
      }
    })
    const reading = (async () => {
      while (isWriting) {
        heard.push(...(await read()))
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    })()
    await Promise.all(writers)
    isWriting = false
    await reading
    heard.push(...(await read()))
    expect(heard).toHaveLength(written.length)
    expect(heard.toSorted()).toEqual(written.toSorted())
  })
})
