import { type WorkspaceId, workspaceId as workspaceIdShape } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import type { Ctx } from '../platform/index.ts'
import {
  type ErasurePart,
  endRound,
  erasePart,
  erasureParts,
  isBack,
  type OpenErasure,
  selectOpenErasure,
  selectOpenErasures,
} from './queries-erasures.ts'

const eraseJob = 'contacts.erase'
/** So that the deletion has been committed. */
const delayMs = 1_000
const hourMs = 3_600_000

export async function eraseSoon(ctx: Ctx, workspaceId: WorkspaceId, id: string): Promise<void> {
  const data = { workspace_id: workspaceId, erasure_id: id }
  await ctx.jobs.add(eraseJob, data, { jobId: `erase-${id}`, delayMs })
}

export function defineErasureJobs(ctx: Ctx): void {
  ctx.jobs.define(
    eraseJob,
    (data, { signal }) =>
      eraseTraces(ctx, workspaceIdShape.parse(data.workspace_id), { id: String(data.erasure_id), signal }),
    { isLong: true },
  )
  // A job may be lost with its store; the row is the truth.
  ctx.jobs.define(
    'contacts.resume-erasures',
    async () => {
      for (const { workspace_id, id } of await selectOpenErasures(ctx.db.worker))
        await eraseSoon(ctx, workspace_id, id)
    },
    { repeat: { everyMs: 60_000 } },
  )
}

/**
 * What else tells of a person who was deleted: rows of lists, words in groups, events and their deliveries, raw webhooks.
 * No index leads from a person to these, which would cost each of them; so they are gone through in steps, each a
 * transaction with its cursor, and being stopped anywhere loses nothing.
 */
export async function eraseTraces(
  ctx: Pick<Ctx, 'db'>,
  workspaceId: WorkspaceId,
  { id, signal }: { id: string; signal?: AbortSignal },
): Promise<void> {
  const erasure = await ctx.db.asWorker((tx) => selectOpenErasure(tx, workspaceId, id))
  if (erasure === null) return
  // Who came back since is somebody new, whose webhooks are no concern of the second round.
  const isOver = erasure.finished_at !== null && (await isBack(ctx.db.worker, erasure))
  if (!isOver) for (const part of erasureParts) await eraseWhole(ctx, erasure, { part, signal })
  await ctx.db.asWorker(async (tx) => {
    await endRound(tx, erasure, startOfSweep(erasure))
    if (erasure.finished_at !== null) return
    const actor = {
      ...({ kind: 'system', id: 'system', name: 'Parley', role: 'owner', workspaceId } as const),
      scopes: [],
    }
    await recordAudit(tx, actor, {
      action: 'contact.erased',
      subject_id: erasure.contact_id,
      after: { erasure_id: id, requested_by: erasure.requested_by },
    })
  })
}

async function eraseWhole(
  ctx: Pick<Ctx, 'db'>,
  erasure: OpenErasure,
  { part, signal }: { part: ErasurePart; signal: AbortSignal | undefined },
): Promise<void> {
  let behind: string | null = erasure.cursors[part] ?? ''
  while (behind !== null) {
    if (signal?.aborted) throw new Error('The hub stops; the person is erased afterwards.')
    const from: string = behind
    behind = await ctx.db.asPatientWorker((tx) => erasePart(tx, erasure, part, from))
  }
}

/** Ids sort by time. What was being worked on during the first round, and what came since. */
function startOfSweep({ requested_at }: OpenErasure): Record<string, string> {
  const time = (requested_at.getTime() - hourMs).toString(16).padStart(12, '0')
  return { events: `evt_${time}`, webhooks: `inl_${time}` }
}
