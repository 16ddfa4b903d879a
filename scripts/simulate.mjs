// `npm run simulate -- --seeds N --from S`: sending under a seeded scheduler that may crash a process between any two
// awaits. `npm test` runs the first seeds; this runs as many more as wanted.
import { ensureInstalled } from './lib/install.mjs'
import { rootDir } from './lib/paths.mjs'
import { follow } from './lib/run.mjs'

await ensureInstalled()
const args = ['--import', 'tsx', 'simulation/run.ts', ...process.argv.slice(2)]
process.exit(await follow(process.execPath, args, { cwd: rootDir }))
