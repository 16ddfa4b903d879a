import { createLog } from '../log.ts'
import { systemRandom } from '../random.ts'
import { testDatabase } from '../testing/index.ts'
import { describeJobs } from '../testing/jobs-conformance.ts'
import { createJobs } from './create-jobs.ts'

const { target } = await testDatabase()
const log = createLog({ level: 'silent' })

describeJobs('PostgreSQL', () =>
  createJobs({ store: { kind: 'postgres', target }, log, random: systemRandom }),
)
