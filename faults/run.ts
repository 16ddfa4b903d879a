import { commandOf, readOptions } from './options.ts'
import { type Result, runFaults } from './run-faults.ts'
import { percentile } from './summarize-faults.ts'

// `npm run faults -- --minutes N --seed S`: hubs under fire, and whether anything was lost or sent twice. The last line
// is JSON; the exit code tells whether every invariant held.
const options = readOptions(process.argv.slice(2))
const command = commandOf(options)
console.error(command)
const result = await runFaults(options, (line) => console.error(line))
const row = rowOf(result)
printTable(row)
const { violations } = result
if (violations.length > 0) {
  console.log(`\n${violations.join('\n')}\n\nDone to it:\n${describeFaults(result)}\n\nAgain: ${command}`)
}
console.log(JSON.stringify({ faults: options.seed, ...row, violations }))
process.exit(violations.length === 0 ? 0 : 1)

function rowOf(run: Result): Record<string, string | number> {
  return {
    seed: run.seed,
    minutes: run.minutes,
    messages: run.messages,
    kills: run.kills,
    freezes: run.freezes,
    'postmaster kills': run.postmasterKills,
    'provider kills': run.providerKills,
    'other faults': run.otherFaults,
    'lost answers': run.lostAnswers,
    doubled: run.doubled,
    lost: run.lost,
    'unknown left': run.unknownLeft,
    'takeovers seen': run.takeoversMs.length,
    'takeover p50 ms': percentile(run.takeoversMs, 0.5) ?? '-',
    'takeover p99 ms': percentile(run.takeoversMs, 0.99) ?? '-',
    'worst second / limit': `${run.worst.accepted} / ${run.worst.limit}`,
  }
}

function printTable(values: Record<string, string | number>): void {
  const names = Object.keys(values)
  const cells = Object.values(values).map(String)
  console.log(`| ${names.join(' | ')} |`)
  console.log(`|${names.map(() => '---').join('|')}|`)
  console.log(`| ${cells.join(' | ')} |`)
}

function describeFaults({ faults }: Result): string {
  const startMs = faults[0]?.fromMs ?? 0
  return faults
    .map(({ kind, detail, fromMs }) => `${((fromMs - startMs) / 1_000).toFixed(1)} s  ${kind}  ${detail}`)
    .join('\n')
}
