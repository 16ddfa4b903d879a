// The commit hook's type check: errors in the files being committed stop the commit, those in others are for `npm run check`.
import { capture } from './lib/run.mjs'

const staged = new Set(process.argv.slice(2))
const { output } = await capture(process.execPath, [
  'node_modules/ts7/bin/tsc',
  '--noEmit',
  '-p',
  'tsconfig.json',
])
const ours = output.split('\n').filter((line) => staged.has(line.slice(0, line.indexOf('('))))
if (ours.length > 0) console.error(ours.join('\n'))
process.exit(ours.length > 0 ? 1 : 0)
