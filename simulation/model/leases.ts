import type { Lane, Lease as LeaseKey } from '../../src/server/platform/index.ts'
import { type Acquired, type Holdings, leaseMs } from '../../src/server/platform/lanes/leases.ts'
import type { Tables } from './rows.ts'

export function acquireLeases(
  { leases }: Tables,
  nowMs: number,
  { owner, most }: { owner: string; most: number },
  keys: readonly string[],
): Acquired {
  const acquired: Acquired = { taken: [], others: [] }
  for (const key of keys) {
    const lease = leases.get(key) ?? { owner: null, epoch: 0, until: Number.NEGATIVE_INFINITY }
    leases.set(key, lease)
    if (lease.until >= nowMs) {
      acquired.others.push({ key, free_in_ms: lease.until - nowMs })
      continue
    }
    if (acquired.taken.length >= most) {
      acquired.others.push({ key, free_in_ms: 0 })
      continue
    }
    lease.owner = owner
    lease.epoch += 1
    lease.until = nowMs + leaseMs
    acquired.taken.push({ key, epoch: lease.epoch })
  }
  return acquired
}

export function renewLeases(
  tables: Tables,
  nowMs: number,
  owner: string,
  mine: readonly LeaseKey[],
): Set<string> {
  const kept = new Set<string>()
  for (const { key, epoch } of mine) {
    if (!isHeld(tables, nowMs, { key, epoch, owner })) continue
    const lease = tables.leases.get(key)
    if (lease !== undefined) lease.until = nowMs + leaseMs
    kept.add(key)
  }
  return kept
}

export function attendLanes({ leases, workers }: Tables, nowMs: number, owner: string): Holdings {
  workers.set(owner, nowMs + leaseMs)
  const holdings = new Map([...workers].filter(([, until]) => until > nowMs).map(([one]) => [one, 0]))
  for (const lease of leases.values()) {
    const lanes = lease.owner === null ? undefined : holdings.get(lease.owner)
    if (lease.owner !== null && lanes !== undefined && lease.until > nowMs)
      holdings.set(lease.owner, lanes + 1)
  }
  return holdings
}

export function releaseLease({ leases }: Tables, owner: string, { key, epoch }: LeaseKey): void {
  const lease = leases.get(key)
  if (lease?.owner !== owner || lease.epoch !== epoch) return
  lease.owner = null
  lease.until = Number.NEGATIVE_INFINITY
}

export function isHeld(
  { leases }: Tables,
  nowMs: number,
  { key, epoch, owner }: Pick<Lane, 'key' | 'epoch' | 'owner'>,
): boolean {
  const lease = leases.get(key)
  return lease?.owner === owner && lease.epoch === epoch && lease.until > nowMs
}
