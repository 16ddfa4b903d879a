import type { Fault, FaultKind } from './nemesis.ts'
import type { LeaseWatch } from './watch-leases.ts'

export interface FaultCounts {
  kills: number
  freezes: number
  postmasterKills: number
  providerKills: number
  otherFaults: number
}

export function countFaults(faults: readonly Fault[], hubCount: number): FaultCounts {
  const count = (kind: FaultKind) => faults.filter((fault) => fault.kind === kind).length
  const kills = count('kill') + count('kill_all') * hubCount
  const freezes = count('freeze')
  const postmasterKills = count('kill_postmaster')
  const providerKills = count('kill_provider')
  const told = count('kill') + count('kill_all') + freezes + postmasterKills + providerKills
  return { kills, freezes, postmasterKills, providerKills, otherFaults: faults.length - told }
}

/** Long enough to see a slow takeover, short enough that the next list does not look like one. */
const patienceMs = 15_000
/** What else stands in the way of a takeover: its time is then not that of the lease. */
const obstacles: readonly FaultKind[] = [
  'kill_all',
  'kill_postmaster',
  'terminate_backends',
  'refuse_connections',
]
const takeoverMs = 5_000

/** Of kills that nothing else disturbed, and that another hub lived through: how long the lanes of the killed one stood still. */
export function takeovers(faults: readonly Fault[], leases: LeaseWatch, hubCount: number): number[] {
  return faults
    .filter(
      (kill) => kill.kind === 'kill' && !isDisturbed(kill, faults) && hasSurvivor(kill, faults, hubCount),
    )
    .flatMap((kill) => leases.takeoversMs(kill.fromMs, patienceMs))
    .sort((one, other) => one - other)
}

function isDisturbed(kill: Fault, faults: readonly Fault[]): boolean {
  return faults.some(
    (other) =>
      other !== kill &&
      obstacles.includes(other.kind) &&
      other.fromMs < kill.fromMs + takeoverMs &&
      other.untilMs > kill.fromMs - takeoverMs,
  )
}

function hasSurvivor(kill: Fault, faults: readonly Fault[], hubCount: number): boolean {
  const struck = faults.filter(
    ({ kind, fromMs, untilMs }) =>
      (kind === 'kill' || kind === 'freeze') && fromMs < kill.fromMs + takeoverMs && untilMs > kill.fromMs,
  )
  // A hub that starts counts as down until it listens.
  return new Set(struck.map(({ detail }) => /^hub \d+/.exec(detail)?.[0])).size < hubCount
}

export function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
}
