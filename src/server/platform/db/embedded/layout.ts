import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync } from 'node:fs'
import { chmod, chown, lstat, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError } from '../../config-environment.ts'
import type { ServerUser } from './server-user.ts'

export interface Layout {
  /** Holds cluster and log; belongs to the server's user, 0700. */
  homeDir: string
  clusterDir: string
  logFile: string
  /** Of the server's user, 0700: who can't enter it can't connect. Also holds the hub's own lock. */
  socketDir: string
  /** Programs are copied here when their own folder is closed to the server's user. */
  sharedDir: string
  /** True when the database could not live in the data directory. */
  isMoved: boolean
}

/** sockaddr_un holds 107 bytes on Linux and 103 on macOS; the server adds the file name to the folder. */
const socketDirBytesMax = 103 - '/.s.PGSQL.5432'.length
const systemDir = '/var/lib/parley'

export async function provideLayout(dataDir: string, user: ServerUser | null): Promise<Layout> {
  await provideDataDir(dataDir)
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const ownHome = join(dataDir, 'postgres')
  const movedHome = join(systemDir, name)
  const isMoved = user !== null && (await mustMove(ownHome, movedHome, user))
  const homeDir = isMoved ? movedHome : ownHome
  await provideDir(homeDir, user)

  const nearSocketDir = join(homeDir, 'run')
  const socketDir =
    Buffer.byteLength(nearSocketDir) <= socketDirBytesMax ? nearSocketDir : join(tmpdir(), `parley-${name}`)
  await provideDir(socketDir, user)
  return {
    homeDir,
    clusterDir: join(homeDir, 'cluster'),
    logFile: join(homeDir, 'postgres.log'),
    socketDir,
    sharedDir: user ? systemDir : homeDir,
    isMoved,
  }
}

async function provideDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true })
    accessSync(dataDir, constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new ConfigError(
      `The data directory ${dataDir} is not writable. Point PARLEY_DATA_DIR to one that is.`,
      {
        cause,
      },
    )
  }
}

/** A database that exists is never left for an empty one, however the rights of folders have changed since. */
async function mustMove(ownHome: string, movedHome: string, user: ServerUser): Promise<boolean> {
  if (hasCluster(movedHome) && !hasCluster(ownHome)) return true
  if (await isUsable(ownHome, user)) return false
  if (hasCluster(ownHome)) {
    throw new ConfigError(
      `The database is in ${ownHome}, but ${user.name}, as whom PostgreSQL runs, can't enter one of the folders above it any more. Let others pass through them (chmod o+x).`,
    )
  }
  await mkdir(systemDir, { recursive: true, mode: 0o755 })
  await chmod(systemDir, 0o755)
  if (await isUsable(movedHome, user)) return true
  throw new ConfigError(
    `PostgreSQL, which runs as ${user.name} because it refuses to run as root, can use neither the data directory nor ${movedHome}. Set DATABASE_URL, or PARLEY_DATA_DIR to a folder that ${user.name} can enter.`,
  )
}

function hasCluster(homeDir: string): boolean {
  return existsSync(join(homeDir, 'cluster', 'PG_VERSION'))
}

/** A folder in which the user can really work: parents count too, and only trying tells about all of them. */
async function isUsable(dir: string, user: ServerUser): Promise<boolean> {
  await provideDir(dir, user)
  const probe = spawnSync('/bin/sh', ['-c', 'cd "$0" && test -w .', dir], {
    uid: user.uid,
    gid: user.gid,
    cwd: '/',
  })
  return probe.status === 0
}

/** Made for the server's user alone. In a shared folder such as /tmp somebody else may have made it first: refused. */
async function provideDir(dir: string, user: ServerUser | null): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const entry = await lstat(dir)
  const ownUid = process.getuid?.()
  const isOurs = ownUid === undefined || entry.uid === ownUid || entry.uid === user?.uid
  if (!entry.isDirectory() || !isOurs)
    throw new ConfigError(
      `${dir} belongs to another user. Start Parley as the user who started it first, or change PARLEY_DATA_DIR.`,
    )
  if (user && entry.uid !== user.uid) await chown(dir, user.uid, user.gid)
  if ((entry.mode & 0o777) !== 0o700) await chmod(dir, 0o700)
}
