import { textIn } from '../../meta/parse/read-json.ts'
import type { GupshupEvent } from './event.ts'

/** Type `system-event`: what happens to the app at Gupshup, such as `tos_signed` or `partner-app-live`. */
export function parseSystemEvent({ field, value, origin, facts, at }: GupshupEvent): void {
  const change = textIn(value, 'type') ?? textIn(value, 'event') ?? textIn(value, 'status')
  if (change !== null) facts.push({ kind: 'account', ...origin, field, change, at, value })
}
