/** An instant as `<input type="datetime-local">` wants it: the clock of this browser, without a zone. */
export function toLocalField(instant: string): string {
  const at = new Date(instant)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** The instant that such a field means; null while it is half typed. */
export function toInstant(field: string): string | null {
  const at = new Date(field)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
