// `npm start`: installs what is missing, builds what is stale, then becomes the hub.
import { ensureBuilt } from './lib/build.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { follow } from './lib/run.mjs'

await ensureInstalled()
await ensureBuilt()
process.exit(
  await follow(process.execPath, ['--enable-source-maps', 'dist/main.js', ...process.argv.slice(2)]),
)
