import { textIn } from '../../meta/parse/read-json.ts'
import type { GupshupEvent } from './event.ts'

/** Type `platform-event`: so far only `connectivity-check`, which wants an answer and nothing else. */
export function parsePlatformEvent({ value, origin, facts }: GupshupEvent): void {
  const name = textIn(value, 'type')
  if (name === 'connectivity-check') facts.push({ kind: 'check', ...origin, name })
}
