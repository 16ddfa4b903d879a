import { z } from 'zod'
import { createJobs } from '../jobs/create-jobs.ts'
import { createLog } from '../log.ts'
import { systemRandom } from '../random.ts'

// A hub of its own process whose database is away while its jobs start: says how that ended, and whether the process
// can still do anything else. It is one of its own because a test that never gets its turn can't fail.
const target = z
  .object({ host: z.string(), user: z.string(), database: z.string() })
  .parse(JSON.parse(process.argv[2] ?? '{}'))
const jobs = createJobs({
  store: { kind: 'postgres', target },
  log: createLog({ level: 'silent' }),
  random: systemRandom,
})

jobs.define('early', () => Promise.resolve())
const outcome = await jobs.start().then(
  () => 'started',
  () => 'refused',
)
setTimeout(() => process.send?.(outcome), 300)
