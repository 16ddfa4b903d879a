import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { ConfigError } from '../../config-environment.ts'

export interface ServerUser {
  name: string
  uid: number
  gid: number
}

/** PostgreSQL refuses to run as root, so a hub that is root lends it another user. null: it runs as ourselves. */
export function chooseServerUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null
  const found = findUser('postgres') ?? findUser('nobody')
  if (found) return found
  // initdb wants a name for its user id, so a bare number would not do.
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'parley'])
  const created = findUser('parley')
  if (created) return created
  throw new ConfigError(
    'PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as. Start Parley as another user, or set DATABASE_URL.',
  )
}

function findUser(name: string): ServerUser | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  if (!uid || !gid) return null
  return { name, uid: Number(uid), gid: Number(gid) }
}
