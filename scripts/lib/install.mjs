import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { requireNode } from './node-version.mjs'
import { rootDir } from './paths.mjs'
import { giveUp, step } from './progress.mjs'
import { capture } from './run.mjs'

const lockFile = join(rootDir, 'package-lock.json')
const stampFile = join(rootDir, 'node_modules', '.parley-installed')
const npmStampFile = join(rootDir, 'node_modules', '.package-lock.json')

/** Installs the dependencies when they are missing or package-lock.json has changed since. */
export async function ensureInstalled() {
  requireNode()
  const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return
  if (!isInstalledByHand()) await install()
  writeFileSync(stampFile, wanted)
}

/** `npm install` and `npm ci` leave a file of their own, newer than the lock it was made from. */
function isInstalledByHand() {
  return (
    existsSync(npmStampFile) &&
    !existsSync(stampFile) &&
    statSync(npmStampFile).mtimeMs >= statSync(lockFile).mtimeMs
  )
}

async function install() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const result = await step('Installing dependencies', () =>
    capture(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error']),
  )
  if (result.code !== 0) giveUp(`The dependencies could not be installed:\n${result.output.trim()}`)
}
