import type { Clock } from '../context.ts'
import { leaseMs } from './leases.ts'

/** The right to work alone on one key. A statement that claims work must also contain `leaseOf(lane)`. */
export interface Lane {
  kind: string
  key: string
  epoch: number
  owner: string
  /** By this machine's monotonic clock: false a good while before another may take over; `forMs`: and that much earlier. */
  isValid(forMs?: number): boolean
  /** Aborted when the lane is lost or the hub stops: claim nothing more, record what is in flight. */
  signal: AbortSignal
}

/** Before the lease runs out at the database, so that work stops before another's can begin. */
const safetyMs = 700

export interface HeldLane extends Lane {
  /** `sentAtMs`: read before the renewal was sent, since the lease may begin at any moment after. */
  renewed(sentAtMs: number): void
  drop(): void
}

export function holdLane(
  { kind, key, epoch, owner }: Pick<Lane, 'kind' | 'key' | 'epoch' | 'owner'>,
  clock: Clock,
  sentAtMs: number,
): HeldLane {
  let validUntilMs = sentAtMs + leaseMs - safetyMs
  const dropped = new AbortController()
  return {
    kind,
    key,
    epoch,
    owner,
    signal: dropped.signal,
    isValid: (forMs = 0) => !dropped.signal.aborted && clock.monotonicMs() + forMs < validUntilMs,
    renewed: (renewedAtMs) => {
      validUntilMs = renewedAtMs + leaseMs - safetyMs
    },
    drop: () => {
      dropped.abort()
    },
  }
}
