// `npm run check`: format and lint, types, stair of rooms, unused code, generated row types; side by side.
import { ensureInstalled } from './lib/install.mjs'
import { say } from './lib/progress.mjs'
import { capture } from './lib/run.mjs'

const typeProjects = ['tsconfig.json', 'tsconfig.web.json']

const checks = [
  {
    name: 'format and lint',
    args: ['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '--colors=off'],
  },
  ...typeProjects.map((project) => ({
    name: `types (${project})`,
    args: ['node_modules/ts7/bin/tsc', '--noEmit', '-p', project],
  })),
  {
    name: 'stair',
    args: [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      'src',
      '--config',
      '.dependency-cruiser.cjs',
    ],
    judge: refuseEmptyCruise,
  },
  { name: 'unused code', args: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  { name: 'row types', args: ['scripts/db-types.mjs', '--check'] },
]

await ensureInstalled()
const results = await Promise.all(checks.map(runCheck))
const failed = results.filter((result) => !result.isGreen)
for (const { name, output } of failed) say(`\n--- ${name}\n${output.trim()}`)
say('')
for (const { name, isGreen, seconds } of results)
  say(`${isGreen ? 'ok    ' : 'FAILED'}  ${seconds.padStart(5)} s  ${name}`)
process.exit(failed.length === 0 ? 0 : 1)

async function runCheck({ name, args, judge }) {
  const startedAt = performance.now()
  const { code, output } = await capture(process.execPath, args)
  const objection = judge?.(output)
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  return {
    name,
    isGreen: code === 0 && !objection,
    output: objection ? `${output}\n${objection}` : output,
    seconds,
  }
}

/** With a TypeScript it can't read, the cruiser finds no module and calls that a success. */
function refuseEmptyCruise(output) {
  const modules = Number(/\((\d+) modules/.exec(output)?.[1] ?? /(\d+) modules/.exec(output)?.[1] ?? 0)
  return modules > 20 ? null : `Only ${modules} modules were read: the stair was not checked.`
}
