// `npm run mutate [-- WORD] [--faults]`: breaks the design on purpose in a copy of the tree and shows that tests notice it
// each time. With a word, only the mutations whose name contains it; with --faults, a short run under fire is tried as well.
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { ensureInstalled } from './lib/install.mjs'
import { mutations } from './lib/mutations.mjs'
import { rootDir } from './lib/paths.mjs'
import { giveUp, say } from './lib/progress.mjs'
import { capture } from './lib/run.mjs'

const faultsArgs = ['--minutes', '0.75', '--seed', '5']
const leftOut = new Set(['node_modules', '.git', 'data'])

await ensureInstalled()
const withFaults = process.argv.includes('--faults')
const word = process.argv.slice(2).find((arg) => !arg.startsWith('--')) ?? ''
const chosen = mutations.filter(({ name }) => name.includes(word))
if (chosen.length === 0)
  giveUp(`No mutation is named like "${word}": ${mutations.map(({ name }) => name).join(', ')}.`)

const copyDir = copyTree()
process.once('exit', () => rmSync(copyDir, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))
const results = [
  await judge({ name: 'nothing broken', breaks: '', tests: chosen.flatMap(({ tests }) => tests), edits: [] }),
]
for (const mutation of chosen) results.push(await judge(mutation))
printTable(results)
const [intact, ...broken] = results
const isProven = intact?.caughtBy.length === 0 && broken.every(({ caughtBy }) => caughtBy.length > 0)
process.exit(isProven ? 0 : 1)

/** In a folder that PostgreSQL's user can enter too. */
function copyTree() {
  const dir = mkdtempSync(join(tmpdir(), 'parley-mutate-'))
  chmodSync(dir, 0o755)
  cpSync(rootDir, dir, {
    recursive: true,
    filter: (source) => source === rootDir || !leftOut.has(relative(rootDir, source).split('/')[0] ?? ''),
  })
  symlinkSync(join(rootDir, 'node_modules'), join(dir, 'node_modules'))
  return dir
}

async function judge({ name, breaks, tests: files, edits }) {
  say(`\n=== ${name}`)
  const restore = edits.map(applyEdit).reverse()
  try {
    const tests = await failingTests([...new Set(files)])
    say(tests.length === 0 ? 'tests: green' : `tests: ${tests.length} fail, first: ${tests[0]}`)
    const violations = withFaults ? await faultViolations() : []
    if (withFaults)
      say(violations.length === 0 ? 'faults: green' : `faults: ${violations.join(' | ').slice(0, 500)}`)
    const caughtBy = [...tests, ...violations.map((violation) => `faults: ${violation}`)]
    return { name, breaks, tests, violations, caughtBy }
  } finally {
    for (const undo of restore) undo()
  }
}

function applyEdit({ file, find, replace }) {
  const path = join(copyDir, file)
  const before = readFileSync(path, 'utf8')
  if (before.split(find).length !== 2)
    giveUp(`The mutation of ${file} does not fit the code any more: ${find}`)
  writeFileSync(
    path,
    before.replace(find, () => replace),
  )
  return () => writeFileSync(path, before)
}

async function failingTests(files) {
  const reportFile = join(copyDir, 'tests.json')
  rmSync(reportFile, { force: true })
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'db',
    '--project',
    'unit',
    '--reporter',
    'json',
    '--outputFile',
    reportFile,
  ]
  const { output } = await capture(process.execPath, [...args, ...files], { cwd: copyDir })
  let report
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8'))
  } catch {
    return [`the tests did not run: ${output.trim().split('\n').at(-1)}`]
  }
  return report.testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName)
    return failed.length === 0 && status === 'failed' ? [`${basename(name)} could not run`] : failed
  })
}

/** The launcher of the copy builds what was broken before it runs it. */
async function faultViolations() {
  const { code, output } = await capture(process.execPath, ['scripts/faults.mjs', ...faultsArgs], {
    cwd: copyDir,
  })
  const last = output.trim().split('\n').at(-1) ?? ''
  if (!last.startsWith('{')) return [`the run ended with ${code}: ${last}`]
  return JSON.parse(last).violations
}

function printTable(rows) {
  const columns = withFaults ? ['tests', 'faults run'] : ['tests']
  console.log(`\n| broken on purpose | ${columns.join(' | ')} |\n|---|${columns.map(() => '---|').join('')}`)
  for (const { name, breaks, tests, violations } of rows) {
    const shown = (found) => (found.length === 0 ? 'green' : `**${found.length}**: ${short(found[0])}`)
    const found = withFaults ? [tests, violations] : [tests]
    console.log(`| ${name}${breaks ? `: ${breaks}` : ''} | ${found.map(shown).join(' | ')} |`)
  }
}

function short(text = '') {
  return text.split(' (')[0].slice(0, 120)
}
