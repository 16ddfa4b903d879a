const limitsByCount = new Map([
  [-1, 'TIER_UNLIMITED'],
  [250, 'TIER_250'],
  [1000, 'TIER_1K'],
  [2000, 'TIER_2K'],
  [10_000, 'TIER_10K'],
  [100_000, 'TIER_100K'],
])

/** Meta's table says `TIER_2K`, its sample says 2000. */
export function limitIn(value: unknown): string | null {
  if (typeof value === 'string' && /^TIER_[A-Z0-9]{1,20}$/.test(value)) return value
  const isCount = typeof value === 'number' || typeof value === 'string'
  return (isCount ? limitsByCount.get(Number(value)) : undefined) ?? null
}

/** How many people a day; null for what is no tier. */
export function peopleOf(limit: string | null): number | null {
  if (limit === 'TIER_UNLIMITED') return Number.POSITIVE_INFINITY
  const [, digits, thousands] = /^TIER_(\d{1,6})(K?)$/.exec(limit ?? '') ?? []
  return digits === undefined ? null : Number(digits) * (thousands === 'K' ? 1000 : 1)
}

/** The provider's word for the way from one limit to another. */
export function changeOfLimit(previous: string | null, limit: string | null): 'UPGRADE' | 'DOWNGRADE' {
  return (peopleOf(limit) ?? 0) < (peopleOf(previous) ?? 0) ? 'DOWNGRADE' : 'UPGRADE'
}
