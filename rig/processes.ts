import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = new URL('..', import.meta.url).pathname

export interface Process {
  url: string
  child: ChildProcess
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>
  /** SIGKILL: no chance to tidy up. */
  kill(): Promise<void>
  /** What it has printed so far, or the last of it. */
  output(): string
}

export interface HubOptions {
  dataDir: string
  port: number
  env?: Record<string, string>
  /** Of the command line; the roles, for one. */
  args?: readonly string[]
  /** Nobody is set up: the first owner comes by the link that the hub prints. */
  isWithoutOwner?: boolean
}

/** A free port that no outgoing connection takes while nobody listens, so that it serves over restarts: it is below those that systems give them. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000)
    if (await isFree(port)) return port
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

export async function temporaryDirectory(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'parley-journey-'))
  // Started as root, PostgreSQL runs as another user, who must be able to enter.
  await chmod(path, 0o755)
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

export interface EmulatorPlace {
  /** 0: any free one. */
  port: number
  /** Where it keeps what outlives it; without, it forgets. */
  stateDirectory?: string
}

/** The emulator as a process of its own, so that it outlives the hubs that are killed. */
export async function startEmulator({ port, stateDirectory }: EmulatorPlace = { port: 0 }): Promise<Process> {
  const state = stateDirectory === undefined ? [] : ['--state', stateDirectory]
  const child = spawn(process.execPath, ['dist/emulator/serve.js', '--port', String(port), ...state], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let seen = ''
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      seen += chunk.toString()
      const line = seen.split('\n').find((each) => each.startsWith('{"url"'))
      if (line !== undefined) resolve(String(JSON.parse(line).url))
    })
    child.once('exit', (code) => reject(new Error(`The emulator ended with ${code}.`)))
  })
  return processOf(child, url, () => seen)
}

/** A hub with its own PostgreSQL in `dataDir`, ready to serve. The workspace `shop` is set up at the first start. */
export async function startHub(options: HubOptions): Promise<Process> {
  const { port, env = {}, args = [] } = options
  const child = spawn(process.execPath, ['dist/main.js', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...hubEnvironment(options), ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000)
    })
  }
  const url = `http://127.0.0.1:${port}`
  const deadline = Date.now() + 120_000
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`The hub ended with ${child.exitCode}:\n${output}`)
    if (Date.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`The hub did not get ready:\n${output}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return processOf(child, url, () => output)
}

/** An API key of the workspace `shop`, made as an operator makes one: with the command line beside the running hub. */
export async function createKey(options: HubOptions): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['dist/main.js', 'keys', 'create', '--workspace', 'shop', '--name', 'Integration'],
    { cwd: root, env: { ...process.env, ...hubEnvironment(options), ...options.env } },
  )
  return stdout.trim()
}

const owner = {
  PARLEY_SETUP_EMAIL: 'olivia@example.com',
  PARLEY_SETUP_PASSWORD: 'a-long-enough-password',
  PARLEY_SETUP_WORKSPACE: 'shop',
}

function hubEnvironment({ dataDir, port, isWithoutOwner = false }: HubOptions): Record<string, string> {
  return {
    PORT: String(port),
    // Any free one: the port after ours may be taken by a test beside this one.
    PARLEY_SANDBOX_PORT: '0',
    PARLEY_DATA_DIR: dataDir,
    PARLEY_ALLOW_PRIVATE_WEBHOOKS: '1',
    LOG_LEVEL: 'warn',
    ...(isWithoutOwner ? {} : owner),
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok
  } catch {
    return false
  }
}

function processOf(child: ChildProcess, url: string, output: () => string): Process {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const end = (signal: NodeJS.Signals) => async () => {
    if (child.exitCode === null) child.kill(signal)
    await ended
  }
  return { url, child, stop: end('SIGTERM'), kill: end('SIGKILL'), output }
}
