import pg from 'pg'
import type { Ctx } from '../platform/index.ts'
import { GroupCommit } from './group-commit.ts'
import { insertRaw } from './queries-raw.ts'
import type { RawWebhook } from './raw-webhook.ts'
import { createIntakeWaker } from './wake-intake.ts'

const megabyte = 1024 * 1024

/** The way of raw webhooks into the table: committed on disk before anybody is answered. */
export function storeWebhooks(ctx: Ctx): GroupCommit<RawWebhook> {
  const wakePartitions = createIntakeWaker(ctx)
  return new GroupCommit<RawWebhook>({
    commit: async (webhooks) => {
      await insertRaw(ctx.db.intake, webhooks)
      wakePartitions(webhooks.map(({ partition }) => partition))
    },
    isOneItemsFault,
    batchSizeMax: 500,
    batchBytesMax: 16 * megabyte,
    batchesInFlightMax: 2,
    waitingMax: 20_000,
    waitingBytesMax: 64 * megabyte,
  })
}

/** A workspace that was deleted a moment ago must not take its neighbours in the batch along. */
function isOneItemsFault(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '')
}
