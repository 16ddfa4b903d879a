// `npm run -s parley -- …`: the command line tool. Progress goes to stderr, so a printed key can be piped on.
import { ensureBuilt } from './lib/build.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { follow } from './lib/run.mjs'

await ensureInstalled()
await ensureBuilt()
process.exit(
  await follow(process.execPath, ['--enable-source-maps', 'dist/main.js', ...process.argv.slice(2)]),
)
