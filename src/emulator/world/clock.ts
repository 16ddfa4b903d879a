/** Epoch milliseconds with a fraction, never going backwards, so the ledger stays ordered by time. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now()
}

export function epochSeconds(atMs: number): number {
  return Math.floor(atMs / 1000)
}
