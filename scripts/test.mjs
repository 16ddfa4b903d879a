// `npm test`: everything that CI runs, on a fresh clone too. `npm test -- unit db` runs these parts only.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './lib/build.mjs'
import { readFailures } from './lib/failures.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { giveUp, say } from './lib/progress.mjs'
import { follow } from './lib/run.mjs'

const reports = await mkdtemp(join(tmpdir(), 'parley-test-'))
const reportOf = (project) => join(reports, `${project}.json`)
const vitest = (project) => [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--project',
  project,
  '--passWithNoTests',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportOf(project)}`,
]
const parts = {
  check: { args: ['scripts/check.mjs'] },
  unit: { args: vitest('unit') },
  db: { args: vitest('db') },
  journeys: { args: vitest('journeys'), needsBuild: true },
  browser: { args: vitest('browser'), needsBuild: true },
}

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !Object.hasOwn(parts, name))
if (unknown) giveUp(`There is no part "${unknown}". Parts: ${Object.keys(parts).join(', ')}.`)

await ensureInstalled()
const results = []
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  const { args, needsBuild } = parts[name]
  say(`\n=== ${name}`)
  if (needsBuild) await ensureBuilt()
  const startedAt = performance.now()
  const code = await follow(process.execPath, args)
  results.push({ name, code, seconds: ((performance.now() - startedAt) / 1_000).toFixed(0) })
}

say('\n=== summary')
for (const { name, code, seconds } of results) {
  say(`${code === 0 ? 'ok    ' : 'FAILED'}  ${seconds.padStart(4)} s  ${name}`)
}
// Once more at the end, where whoever reads only that finds it.
for (const { name } of results.filter(({ code }) => code !== 0)) {
  const failures = await readFailures(reportOf(name)).catch(() => [])
  for (const failure of failures) say(`\n${name}: ${failure}`)
}
await rm(reports, { recursive: true })
process.exit(results.every(({ code }) => code === 0) ? 0 : 1)
