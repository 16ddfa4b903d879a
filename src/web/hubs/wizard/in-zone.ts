import { locale } from '../../platform/format/locale.ts'

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
