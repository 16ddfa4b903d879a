import type { Sabotage } from './hubs.ts'
import { simulate } from './simulate.ts'

export interface SeedsRun {
  /** What each seed that broke an invariant broke, and how to repeat it. */
  failures: string[]
  /** One line about all of them. */
  summary: string
}

export async function runSeeds({
  from,
  count,
  sabotage,
  stopAtFirst = false,
}: {
  from: number
  count: number
  sabotage?: Sabotage
  stopAtFirst?: boolean
}): Promise<SeedsRun> {
  const failures: string[] = []
  const sums = { seeds: 0, messages: 0, requests: 0, steps: 0, unknowns: 0 }
  for (let seed = from; seed < from + count; seed += 1) {
    const verdict = await simulate(seed, sabotage)
    sums.seeds += 1
    for (const name of ['messages', 'requests', 'steps', 'unknowns'] as const) sums[name] += verdict[name]
    if (verdict.violations.length > 0) failures.push(describe(seed, verdict.violations))
    if (stopAtFirst && failures.length > 0) break
  }
  const counted = Object.entries(sums).map(([name, n]) => `${n.toLocaleString('en')} ${name}`)
  return { failures, summary: `${counted.join(', ')}: ${failures.length} seeds failed` }
}

function describe(seed: number, violations: readonly string[]): string {
  const shown = violations.slice(0, 5).join('\n  ')
  const more = violations.length > 5 ? `\n  and ${violations.length - 5} more` : ''
  return `seed ${seed}:\n  ${shown}${more}\n  again: npm run simulate -- --seeds 1 --from ${seed}`
}
