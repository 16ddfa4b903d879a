import { join } from 'node:path'
import { type RunningEmulator, startEmulator } from '../../emulator/index.ts'
import { restoreSandboxAccounts } from '../connectors/index.ts'
import { type Config, ConfigError, startDatabase } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { issueSetupLink, setUpFromConfig } from '../workspaces/index.ts'
import { buildContext } from './build-context.ts'
import { createServer } from './create-server.ts'
import type { HubRole } from './role-names.ts'
import { jobRooms, workerRooms } from './rooms.ts'
import { Shutdown } from './shutdown.ts'

export interface HubOptions {
  config: Config
  roles: readonly HubRole[]
  /** Sentences for the person at the terminal. */
  onNotice: (notice: string) => void
}

export interface RunningHub {
  /** null: this process does not have the role. */
  address: string | null
  sandboxUrl: string | null
  /** null: somebody exists already. */
  setupLink: string | null
  /** No new work, what is in flight is recorded, everything is closed. */
  stop(): Promise<void>
}

/** Starts the roles asked for; when one can't start, what was started is stopped and the reason thrown. */
export async function runHub(options: HubOptions): Promise<RunningHub> {
  const shutdown = new Shutdown()
  try {
    return await startRoles(options, shutdown)
  } catch (error) {
    await shutdown.run()
    throw error
  }
}

async function startRoles(options: HubOptions, shutdown: Shutdown): Promise<RunningHub> {
  const { config, roles, onNotice } = options
  const database = await startDatabase(config, onNotice)
  shutdown.add('database', () => database.stop())

  const sandbox = roles.includes('sandbox') ? await startSandbox(config, onNotice) : null
  if (sandbox) shutdown.add('sandbox', () => sandbox.stop())

  const sandboxUrl = sandbox?.url ?? config.sandboxUrl
  const { ctx, stop, close } = await buildContext({
    config: { ...config, sandboxUrl },
    target: database.target,
  })
  shutdown.add('context', close)

  // Who adds a job must know its kind as well, without working on it.
  for (const define of jobRooms) define(ctx)
  await setUpFromConfig(ctx)
  if (sandbox) await restoreSandboxAccounts(ctx)
  const progress = { isReady: false }
  const address = roles.includes('web') ? await startWeb(ctx, roles, progress, shutdown) : null
  if (roles.includes('worker')) await startWorkers(ctx, shutdown)
  shutdown.add('new work', async () => stop())
  progress.isReady = true
  const setupLink = roles.includes('web') ? await issueSetupLink(ctx) : null
  return { address, sandboxUrl: sandbox?.url ?? null, setupLink, stop: () => shutdown.run() }
}

/** More than anybody scrolls through; older ones would only make each start slower. */
const sandboxMessagesMax = 50_000

/** The emulator, which only programs on this machine may reach. Its phones show after a restart what they showed before. */
export function startSandbox(
  { sandboxPort, dataDir }: Config,
  onNotice: HubOptions['onNotice'],
): Promise<RunningEmulator> {
  const journal = {
    directory: join(dataDir, 'sandbox'),
    messagesMax: sandboxMessagesMax,
    onFailure: (error: unknown) =>
      onNotice(
        `The sandbox can't keep what happens in it any more: ${error instanceof Error ? error.message : error}`,
      ),
  }
  return startEmulator({ host: '127.0.0.1', port: sandboxPort, journal }).catch(explainPort(sandboxPort))
}

async function startWeb(
  ctx: ServerCtx,
  roles: readonly HubRole[],
  progress: { isReady: boolean },
  shutdown: Shutdown,
): Promise<string> {
  const { host, port } = ctx.config
  const server = await createServer(ctx, { roles, isReady: () => progress.isReady })
  const address = await server.listen({ host, port }).catch(explainPort(port))
  shutdown.add('web', () => server.close())
  return address
}

async function startWorkers(ctx: ServerCtx, shutdown: Shutdown): Promise<void> {
  await ctx.jobs.start()
  const workers = workerRooms.map((start) => start(ctx))
  shutdown.add('workers', async () => {
    await Promise.all(workers.map((worker) => worker.stop()))
  })
}

function explainPort(port: number) {
  return (error: unknown): never => {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new ConfigError(
        `Port ${port} is in use by another program. Stop it, or set PORT to a free one (the sandbox takes the one after it).`,
      )
    }
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') {
      throw new ConfigError(`Port ${port} needs more rights. Set PORT to one above 1023.`)
    }
    throw error
  }
}
