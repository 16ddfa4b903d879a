import { fork } from 'node:child_process'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { createLog } from '../log.ts'
import { systemRandom } from '../random.ts'
import { testDatabase } from '../testing/index.ts'
import { createJobs } from './create-jobs.ts'

const { target } = await testDatabase()

it('F01 a killed process’ job runs in another one within seconds', async () => {
  const doomed = fork(
    join(import.meta.dirname, '../testing/stuck-job-process.ts'),
    [JSON.stringify(target)],
    { execArgv: ['--import', 'tsx'] },
  )
  await new Promise((resolve) => doomed.once('message', resolve))
  const attempts: string[] = []
  const hub = createJobs({
    store: { kind: 'postgres', target },
    log: createLog({ level: 'silent' }),
    random: systemRandom,
  })
  hub.define('stuck', async (_, { jobId }) => void attempts.push(jobId))
  await hub.start()
  expect(attempts).toEqual([])
  doomed.kill('SIGKILL')
  // By the engine's own defaults it would take most of a minute.
  await vi.waitFor(() => expect(attempts).toEqual(['stuck-job-1']), { interval: 50 })
  await hub.stop()
})
