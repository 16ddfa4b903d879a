import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { ConfigError } from '../../config-environment.ts'
import type { Binaries } from './binaries.ts'
import type { Layout } from './layout.ts'
import type { ServerUser } from './server-user.ts'

export const superuser = 'postgres'
export const ownerRole = 'parley_owner'

/** A child process of PostgreSQL: its user, a folder it can stand in, and no locale of ours. */
export function spawnOptions(layout: Layout, user: ServerUser | null) {
  const identity = user ? { uid: user.uid, gid: user.gid } : {}
  return { ...identity, cwd: layout.homeDir, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } }
}

/** Makes the database cluster when there is none, and who may sign in to it. */
export async function provideCluster(
  binaries: Binaries,
  layout: Layout,
  user: ServerUser | null,
): Promise<void> {
  if (!existsSync(join(layout.clusterDir, 'PG_VERSION'))) await initialise(binaries, layout, user)
  else await refuseOtherMajor(binaries, layout)
  await writeAccessRules(layout, user)
}

async function initialise(binaries: Binaries, layout: Layout, user: ServerUser | null): Promise<void> {
  const partDir = `${layout.clusterDir}.part`
  await rm(partDir, { recursive: true, force: true })
  const flags = [
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--auth=peer',
    `--username=${superuser}`,
    '--data-checksums',
  ]
  await run(binaries.initdb, ['-D', partDir, ...flags], layout, user)
  // Renamed when complete, so an interrupted start leaves nothing that looks like a database.
  await rename(partDir, layout.clusterDir)
}

async function refuseOtherMajor(binaries: Binaries, layout: Layout): Promise<void> {
  const stored = (await readFile(join(layout.clusterDir, 'PG_VERSION'), 'utf8')).trim()
  const version = await run(binaries.postgres, ['--version'], layout, null)
  const running = /(\d+)\./.exec(version)?.[1]
  if (running && stored !== running) {
    throw new ConfigError(
      `The data in ${layout.clusterDir} is of PostgreSQL ${stored}, the embedded server is PostgreSQL ${running}. Make a backup with the Parley version that wrote it and restore it here.`,
    )
  }
}

/** Only the operating-system user of the hub may sign in, as the owner or, to set up, as the superuser. */
async function writeAccessRules(layout: Layout, user: ServerUser | null): Promise<void> {
  const hubUser = userInfo().username
  const rules: [string, string][] = [
    ['pg_hba.conf', 'local all all peer map=parley\n'],
    ['pg_ident.conf', [superuser, ownerRole].map((role) => `parley "${hubUser}" ${role}\n`).join('')],
  ]
  for (const [name, content] of rules) {
    const file = join(layout.clusterDir, name)
    await writeFile(file, content, { mode: 0o600 })
    if (user) await chown(file, user.uid, user.gid)
  }
}

function run(program: string, args: string[], layout: Layout, user: ServerUser | null): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...spawnOptions(layout, user), stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.once('error', (error) => reject(new ConfigError(`${program} could not be run: ${error.message}`)))
    child.once('close', (code) => {
      if (code === 0) resolve(output)
      else reject(new ConfigError(`The embedded PostgreSQL could not be set up: ${lastLines(output)}`))
    })
  })
}

export function lastLines(text: string, count = 4): string {
  return text.trim().split('\n').slice(-count).join(' · ')
}
