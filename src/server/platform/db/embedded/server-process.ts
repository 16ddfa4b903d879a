import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ConfigError } from '../../config-environment.ts'
import type { Binaries } from './binaries.ts'
import { lastLines, spawnOptions } from './cluster.ts'
import type { Layout } from './layout.ts'
import type { ServerUser } from './server-user.ts'

export interface ServerProcess {
  child: ChildProcess
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<void>
}

export interface ServerPlan {
  binaries: Binaries
  layout: Layout
  user: ServerUser | null
  settings: Record<string, string>
}

const lockRetryMs = 5_000
const startTimeoutMs = 60_000
const logBytesMax = 8 * 1024 * 1024

/**
 * Starts the server and waits until it accepts connections. After a killed server its last processes hold the
 * cluster for about a second, so a refusal is tried again for five.
 */
export async function startServer(plan: ServerPlan): Promise<ServerProcess> {
  await endOrphan(plan.layout)
  const giveUpAt = performance.now() + lockRetryMs
  for (;;) {
    const server = spawnServer(plan)
    if (await becomesReady(plan.layout, server)) return server
    if (performance.now() > giveUpAt) {
      throw new ConfigError(
        `The embedded PostgreSQL does not start: ${logTail(plan.layout)} (${plan.layout.logFile})`,
      )
    }
    await delay(150)
    await endOrphan(plan.layout)
  }
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. Harsher when it takes too long. */
export async function stopServer(server: ServerProcess): Promise<void> {
  server.child.ref()
  for (const [signal, waitMs] of [
    ['SIGINT', 8_000],
    ['SIGQUIT', 3_000],
    ['SIGKILL', 2_000],
  ] as const) {
    server.child.kill(signal)
    const hasEnded = await Promise.race([server.ended.then(() => true), delay(waitMs, false, { ref: false })])
    if (hasEnded) return
  }
}

function spawnServer({ binaries, layout, user, settings }: ServerPlan): ServerProcess {
  const log = openLog(layout.logFile)
  const settingArgs = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // A session of its own: Ctrl-C in the terminal reaches the hub only, which then stops the server last.
  const child = spawn(binaries.postgres, ['-D', layout.clusterDir, ...settingArgs], {
    ...spawnOptions(layout, user),
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.unref()
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  })
  return { child, ended }
}

async function becomesReady(layout: Layout, server: ServerProcess): Promise<boolean> {
  let hasEnded = false
  server.ended.then(() => {
    hasEnded = true
  })
  const giveUpAt = performance.now() + startTimeoutMs
  while (!hasEnded && performance.now() < giveUpAt) {
    const status = readPostmasterFile(layout)
    if (status?.pid === server.child.pid && status?.isReady) return true
    await delay(10)
  }
  if (!hasEnded) await stopServer(server)
  return false
}

/** A server whose hub was killed still runs. It is ended, not adopted: only a child tells us when it dies. */
async function endOrphan(layout: Layout): Promise<void> {
  const pid = readPostmasterFile(layout)?.pid
  if (!pid) return
  if (!isOurServer(pid, layout)) {
    // The number belongs to another program by now; the server itself would take it for a rival for ever.
    await rm(join(layout.clusterDir, 'postmaster.pid'), { force: true })
    return
  }
  for (const [signal, waitMs] of [
    ['SIGINT', 5_000],
    ['SIGQUIT', 3_000],
    ['SIGKILL', 2_000],
  ] as const) {
    sendSignal(pid, signal)
    const giveUpAt = performance.now() + waitMs
    while (performance.now() < giveUpAt) {
      if (!isOurServer(pid, layout)) return
      await delay(20)
    }
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Gone between the look and the signal, which is what was wanted.
  }
}

/** Its command line names our cluster. Where there is no /proc, a living process counts as the server. */
function isOurServer(pid: number, layout: Layout): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  if (process.platform !== 'linux') return true
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(layout.clusterDir)
  } catch {
    return false
  }
}

/** Line 1 is the process id, line 8 the state. */
function readPostmasterFile(layout: Layout): { pid: number; isReady: boolean } | null {
  try {
    const lines = readFileSync(join(layout.clusterDir, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), isReady: lines[7]?.trim() === 'ready' }
  } catch {
    return null
  }
}

function openLog(file: string): number {
  const log = openSync(file, 'a', 0o600)
  if (statSync(file).size > logBytesMax) truncateSync(file)
  return log
}

function logTail(layout: Layout): string {
  return lastLines(readFileSync(layout.logFile, 'utf8'))
}
