// `npm run demo`: a throw-away hub with a scripted day.
import { ensureBuilt } from './lib/build.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { follow } from './lib/run.mjs'

await ensureInstalled()
await ensureBuilt()
process.exit(await follow(process.execPath, ['--import', 'tsx', 'demo/demo.ts', ...process.argv.slice(2)]))
