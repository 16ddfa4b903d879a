import { z } from 'zod'
import { createJobs } from '../jobs/create-jobs.ts'
import { createLog } from '../log.ts'
import { systemRandom } from '../random.ts'

// A hub of its own process that takes one job, says so and never ends it: to be killed by a test.
const target = z
  .object({ host: z.string(), user: z.string(), database: z.string() })
  .parse(JSON.parse(process.argv[2] ?? '{}'))
const jobs = createJobs({
  store: { kind: 'postgres', target },
  log: createLog({ level: 'silent' }),
  random: systemRandom,
})

jobs.define('stuck', () => {
  process.send?.('taken')
  return new Promise(() => undefined)
})
await jobs.start()
await jobs.add('stuck', {}, { jobId: 'job-1' })
