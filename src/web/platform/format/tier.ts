import { formatNumber } from './number.ts'

/** TIER_1K, TIER_250, TIER_UNLIMITED → people per 24 hours. */
export function tierWords(tier: string | null, words: { unlimited: string; unknown: string }): string {
  const [, digits, thousands] = /^TIER_(\d+)(K?)$/.exec(tier ?? '') ?? []
  if (digits) return formatNumber(Number(digits) * (thousands ? 1000 : 1))
  return tier === 'TIER_UNLIMITED' ? words.unlimited : words.unknown
}
