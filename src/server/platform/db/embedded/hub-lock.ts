import { randomBytes } from 'node:crypto'
import { link, rename, unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { ConfigError } from '../../config-environment.ts'

export interface HubLock {
  release(): Promise<void>
}

/**
 * One hub per data directory. The lock is a socket that listens as long as its hub lives: the kernel answers
 * whether somebody is there, so neither a killed hub nor a process id used again can leave it locked.
 */
export async function lockDataDirectory(socketDir: string, dataDir: string): Promise<HubLock> {
  const path = hubSocket(socketDir)
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const server = await listenOn(path)
    if (server) return { release: () => closeServer(server) }
    if (await isAlive(path)) break
    if (await isAlive(await setAside(path))) break
  }
  throw new ConfigError(
    `Another Parley is running on the data directory ${dataDir}. Stop it first, or set PARLEY_DATA_DIR to another directory.`,
  )
}

/** Whether a hub holds the lock at this moment. */
export function isHubRunning(socketDir: string): Promise<boolean> {
  return isAlive(hubSocket(socketDir))
}

function hubSocket(socketDir: string): string {
  return join(socketDir, 'hub')
}

function listenOn(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error) =>
      'code' in error && error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    )
    server.listen(path, () => {
      server.unref()
      resolve(server)
    })
  })
}

/** Nobody answered; two starters may both have seen that, and the other may listen by now: look again under a new name. */
async function setAside(path: string): Promise<string> {
  const asidePath = `${path}.${randomBytes(4).toString('hex')}`
  await rename(path, asidePath).catch(() => undefined)
  if (await isAlive(asidePath)) await link(asidePath, path).catch(() => undefined)
  else await unlink(asidePath).catch(() => undefined)
  return asidePath
}

function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
