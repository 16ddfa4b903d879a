import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { projectDir } from '../project-files.ts'

export interface Run {
  child: ChildProcess
  /** Everything printed so far. */
  stdout(): string
  stderr(): string
  /** Resolves when the text was printed; rejects when the program ends before. */
  until(text: string): Promise<void>
  /** Its exit code. */
  end(): Promise<number | null>
}

/** The program as a process of its own, with nothing of this environment but the path. */
export function runProgram(args: string[], env: Record<string, string>): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], {
    cwd: projectDir,
    env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk: Buffer) => {
    printed.stdout += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    printed.stderr += chunk.toString()
  })
  const ended = once(child, 'close').then(() => child.exitCode)
  afterAll(() => {
    if (child.exitCode === null) child.kill('SIGKILL')
  })
  return {
    child,
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    until: async (text) => {
      while (!printed.stdout.includes(text)) {
        if (child.exitCode !== null) throw new Error(`The program ended: ${printed.stdout}${printed.stderr}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    end: () => ended,
  }
}

/** A port with its follower free, since the sandbox takes that one; below those that systems give to outgoing connections. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000)
    if ((await isFree(port)) && (await isFree(port + 1))) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  const isListening = await once(server, 'listening').then(
    () => true,
    () => false,
  )
  if (!isListening) return false
  server.close()
  await once(server, 'close')
  return true
}

/** Removed when the file's tests are over. */
export async function temporaryDataDir(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'parley-program-'))
  // Started as root, PostgreSQL runs as another user, who must be able to enter.
  await chmod(path, 0o755)
  afterAll(() => rm(path, { recursive: true, force: true }))
  return path
}
