// `npm run faults -- --minutes N --seed S [--messages M] [--hubs N]`: several hubs, PostgreSQL and the emulator as
// processes that are killed, frozen and cut off; then what everybody remembers is compared.
import { ensureBuilt } from './lib/build.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { rootDir } from './lib/paths.mjs'
import { follow } from './lib/run.mjs'

await ensureInstalled()
await ensureBuilt()
const args = ['--import', 'tsx', 'faults/run.ts', ...process.argv.slice(2)]
process.exit(await follow(process.execPath, args, { cwd: rootDir }))
