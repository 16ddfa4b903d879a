import { type WorkspaceId, workspaceId as workspaceIdShape } from '../../contract/index.ts'
import type { Ctx } from '../platform/index.ts'
import { removeEventsOfContact } from './queries-retention.ts'

const forgetJob = 'events.forget-contact'
const batchSize = 20_000
/** So that the deletion has been committed; a contact that is still there is left alone. */
const delayMs = 2_000

/** What the diary says of a person goes after the person: call it in the transaction that deletes the contact. */
export async function forgetContact(ctx: Ctx, workspaceId: WorkspaceId, contactId: string): Promise<void> {
  const data = { workspace_id: workspaceId, contact_id: contactId }
  await ctx.jobs.add(forgetJob, data, { jobId: `forget-${contactId}`, delayMs })
}

export function defineForgetJob(ctx: Ctx): void {
  ctx.jobs.define(
    forgetJob,
    async (data, { signal }) => {
      const workspaceId = workspaceIdShape.parse(data.workspace_id)
      await removeAll(ctx, workspaceId, { contactId: String(data.contact_id), signal })
    },
    { isLong: true },
  )
}

/** No index leads from a person to their events, which would cost each event; so the diary is gone through in steps. */
export async function removeAll(
  ctx: Pick<Ctx, 'db'>,
  workspaceId: WorkspaceId,
  { contactId, signal }: { contactId: string; signal?: AbortSignal },
): Promise<void> {
  let after: string | null = ''
  while (after !== null) {
    if (signal?.aborted) throw new Error('The hub stops; the person is forgotten afterwards.')
    const step: { contactId: string; after: string; limit: number } = { contactId, after, limit: batchSize }
    after = await ctx.db.asWorker((tx) => removeEventsOfContact(tx, workspaceId, step))
  }
}
