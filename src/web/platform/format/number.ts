import { locale } from './locale.ts'

/** `1,000` in the reader's language. */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(locale()).format(value)
}

/** 0.875 → `88%`; never `100%` before the end. */
export function formatShare(share: number): string {
  const rounded = share < 1 ? Math.min(share, 0.99) : 1
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(rounded)
}

/** `Ana, Bruno and Eva` in the reader's language. */
export function formatList(items: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(items)
}
