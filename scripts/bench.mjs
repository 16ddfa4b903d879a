// `npm run bench -- NAME`: one benchmark of bench/; the last line it prints is JSON.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './lib/build.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { rootDir } from './lib/paths.mjs'
import { giveUp } from './lib/progress.mjs'
import { follow } from './lib/run.mjs'

const benchDir = join(rootDir, 'bench')
const [name, ...args] = process.argv.slice(2)
if (!name || !/^[a-z-]+$/.test(name) || !existsSync(join(benchDir, `${name}.ts`))) {
  const names = existsSync(benchDir) ? readdirSync(benchDir).filter((file) => file.endsWith('.ts')) : []
  giveUp(`Usage: npm run bench -- NAME, with one of: ${names.map((file) => file.slice(0, -3)).join(', ')}`)
}
await ensureInstalled()
await ensureBuilt()
process.exit(await follow(process.execPath, ['--import', 'tsx', `bench/${name}.ts`, ...args]))
