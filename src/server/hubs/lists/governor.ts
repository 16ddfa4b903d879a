import type { ListRow } from './list.ts'

/** What Parley stops a list for by itself. */
export type GovernorReason = Cause['reason'] | 'error_spike'

export interface Cause {
  reason:
    | 'template_paused'
    | 'template_disabled'
    | 'template_rejected'
    | 'number_quality_red'
    | 'account_restricted'
    | 'account_disabled'
  /** When it ends, if the provider said so. */
  until: Date | null
}

const templateCauses = new Map<string | null, Cause['reason']>([
  ['PAUSED', 'template_paused'],
  ['DISABLED', 'template_disabled'],
  ['REJECTED', 'template_rejected'],
])

type Governed = Pick<ListRow, 'template_status' | 'quality_rating' | 'restriction' | 'restricted_until'>

/** Why a list had better not send now: going on would cost more than waiting. The heaviest cause first. */
export function causeToPause(list: Governed): Cause | null {
  if (list.restriction === 'disabled') return { reason: 'account_disabled', until: list.restricted_until }
  if (list.restriction === 'restricted') return { reason: 'account_restricted', until: list.restricted_until }
  const ofTemplate = templateCauses.get(list.template_status)
  if (ofTemplate) return { reason: ofTemplate, until: null }
  if (list.quality_rating === 'RED') return { reason: 'number_quality_red', until: null }
  return null
}

/** Causes that can end without anybody looking into them; after an error spike a person has to. */
export const endingReasons: readonly Cause['reason'][] = [
  'template_paused',
  'template_disabled',
  'template_rejected',
  'number_quality_red',
  'account_restricted',
  'account_disabled',
]

const explanations: Record<GovernorReason | 'person' | 'missed_start', string> = {
  person: 'Somebody paused it.',
  missed_start: 'Its start was missed by more than an hour while no hub ran. Resume it to start now.',
  template_paused:
    'WhatsApp paused the template because of its quality. Wait until it is approved again, or send a new list with another.',
  template_disabled: 'WhatsApp disabled the template for good. Send a new list with another template.',
  template_rejected:
    'WhatsApp rejected the template. Correct it and submit it again, or send a new list with another.',
  number_quality_red:
    'The quality of the number fell to RED: more complaints could cost its limit. Look at what people block it for.',
  account_restricted:
    'WhatsApp restricts the account: it may not write to people first until the restriction ends.',
  account_disabled: 'WhatsApp disabled the account. Ask for a review in the Business Support Home.',
  error_spike:
    'Too many messages failed for a reason that all later ones would share. Read the failures, mend the cause, then resume.',
}

const known = new Map<string, string>(Object.entries(explanations))

export function explainPause(reason: string): string {
  return known.get(reason) ?? 'It was paused.'
}
