import { sql } from 'kysely'
import { expect, it, vi } from 'vitest'
import { appendEvents, defineEventsJobs, forgetContact } from '../events/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { deleteContact } from './delete-contact.ts'
import { upsertContact } from './upsert-contact.ts'

const ctx = await testCtx()
defineEventsJobs(ctx)
await ctx.jobs.start()

it('a person who is deleted leaves no event behind; those of others stay', async () => {
  const { workspaceId, owner } = await seedWorkspace(ctx)
  const [gone, stays] = await Promise.all(
    ['59899000001', '59899000002'].map((phone) =>
      ctx.db.inWorkspace(workspaceId, async (tx) => {
        const { id } = await upsertContact(tx, workspaceId, { phone, user_id: null, source: 'inbound' })
        const entry = { type: 'message.received' as const, at: new Date(), contact_id: id }
        await appendEvents(tx, workspaceId, [
          { ...entry, data: { message_text: `I am ${phone}` } },
          { ...entry, data: { message_text: 'Call me' } },
        ])
        return id
      }),
    ),
  )
  if (gone === undefined || stays === undefined) throw new Error('Nobody was written.')
  await ctx.db.inWorkspace(workspaceId, (tx) =>
    appendEvents(tx, workspaceId, [{ type: 'list.started', at: new Date(), data: {} }]),
  )
  // As after a deletion that was rolled back.
  await forgetContact(ctx, workspaceId, stays)
  await deleteContact(ctx, owner, gone)

  const left = async () => {
    const { rows } = await sql<{ contact_id: string | null }>`
      select contact_id from events where workspace_id = ${workspaceId} order by seq`.execute(ctx.db.worker)
    return rows.map(({ contact_id }) => contact_id)
  }
  await vi.waitFor(async () => expect(await left()).not.toContain(gone), 15_000)
  expect((await left()).toSorted()).toEqual([stays, stays, null].toSorted())
})
