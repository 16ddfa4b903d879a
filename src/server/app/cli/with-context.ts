import { createLog, joinDatabase, readConfig } from '../../platform/index.ts'
import type { ServerCtx } from '../../providers/index.ts'
import { buildContext } from '../build-context.ts'

/** Runs a command on the hub's database, whether a hub runs or not. Notices go to stderr: stdout is the command's. */
export async function withContext<T>(work: (ctx: ServerCtx) => Promise<T>): Promise<T> {
  const config = readConfig()
  const database = await joinDatabase(config, (notice) => console.error(notice))
  try {
    const log = createLog({ level: 'silent' })
    const { ctx, close } = await buildContext({ config, target: database.target, log })
    try {
      return await work(ctx)
    } finally {
      await close()
    }
  } finally {
    await database.stop()
  }
}
