import { locale } from '../../platform/format/locale.ts'

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

/** `Fri, 20 Nov, 14:00 (America/Montevideo)`: the same moment on the clock of the campaign. */
export function inZone(instant: string, timeZone: string): string {
  const words = new Intl.DateTimeFormat(locale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(new Date(instant))
  return `${words} (${timeZone.replaceAll('_', ' ')})`
}
