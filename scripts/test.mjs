// `npm test`: everything that CI runs, on a fresh clone too. `npm test -- unit db` runs these parts only.
import { ensureBuilt } from './lib/build.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { giveUp, say } from './lib/progress.mjs'
import { follow } from './lib/run.mjs'

const vitest = (project) => [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--project',
  project,
  '--passWithNoTests',
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
process.exit(results.every(({ code }) => code === 0) ? 0 : 1)
