import { parseArgs } from 'node:util'
import { runSeeds } from './run-seeds.ts'

// `npm run simulate -- --seeds N --from S`: so many seeds from S on. A seed that fails says how to see it again.
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '10000' }, from: { type: 'string', default: '1' } },
})
const { failures, summary } = await runSeeds({ from: Number(values.from), count: Number(values.seeds) })
console.log(summary)
for (const failure of failures.slice(0, 20)) console.log(failure)
process.exit(failures.length === 0 ? 0 : 1)
