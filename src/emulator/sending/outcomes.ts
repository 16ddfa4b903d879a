import type { DeliveryState } from '../world/ledger.ts'

/** A status some time after the last one; the three names of delay are settings. */
export interface Step {
  state: Exclude<DeliveryState, 'accepted'>
  delay: 'sent' | 'delivered' | 'read'
  errorCode?: number
}

export interface Outcome {
  suffix: string
  promise: string
  /** The request is refused with this code and nothing is accepted. */
  refusedWith?: number
  /** Refused only the first time for each recipient. */
  onlyOnce?: boolean
  /** Accepted, but the connection is cut before the answer. */
  isAnswerLost?: boolean
  /** The answer to a template says `held_for_quality_assessment`. */
  isHeld?: boolean
  /** In place of sent, delivered, read. */
  steps?: readonly Step[]
}

const SENT: Step = { state: 'sent', delay: 'sent' }
const DELIVERED: Step = { state: 'delivered', delay: 'delivered' }
const READ: Step = { state: 'read', delay: 'read' }

const failsWith = (suffix: string, errorCode: number, why: string): Outcome => ({
  suffix,
  promise: `accepted, then a failed status with ${errorCode}: ${why}`,
  steps: [{ state: 'failed', delay: 'sent', errorCode }],
})

/**
 * Recipients whose last four digits choose what happens to a message. Every other recipient gets it:
 * sent, delivered, and read as often as the settings say. Served at `GET /_control/outcomes`.
 */
export const OUTCOMES: readonly Outcome[] = [
  failsWith('9900', 131026, 'not on WhatsApp'),
  failsWith('9901', 131047, 'more than 24 hours since the last reply'),
  failsWith('9902', 131049, 'held back for a healthy ecosystem'),
  failsWith('9903', 131050, 'stopped marketing messages'),
  failsWith('9904', 130472, 'part of an experiment'),
  { suffix: '9905', promise: 'refused with 131056: pair limit', refusedWith: 131056 },
  failsWith('9906', 131000, 'something went wrong'),
  {
    suffix: '9907',
    promise: 'refused with 130429 (rate limit) the first time, accepted after that',
    refusedWith: 130429,
    onlyOnce: true,
  },
  { suffix: '9908', promise: 'sent, never delivered (phone is off)', steps: [SENT] },
  { suffix: '9909', promise: 'sent, then read without delivered', steps: [SENT, READ] },
  {
    suffix: '9910',
    promise: 'every status arrives twice',
    steps: [SENT, SENT, DELIVERED, DELIVERED, READ, READ],
  },
  {
    suffix: '9911',
    promise: 'statuses arrive in reverse: read, delivered, sent',
    steps: [
      { state: 'read', delay: 'sent' },
      { state: 'delivered', delay: 'delivered' },
      { state: 'sent', delay: 'read' },
    ],
  },
  {
    suffix: '9912',
    promise: 'accepted and delivered, but the connection is cut before the answer',
    isAnswerLost: true,
  },
  { suffix: '9913', promise: 'HTTP 500 with 131000, nothing accepted', refusedWith: 131000 },
  { suffix: '9914', promise: 'sent and delivered, never read', steps: [SENT, DELIVERED] },
  { suffix: '9915', promise: 'refused with 131009: parameter value not valid', refusedWith: 131009 },
  {
    suffix: '9916',
    promise: 'sent, then failed with 131026',
    steps: [SENT, { state: 'failed', delay: 'delivered', errorCode: 131026 }],
  },
  {
    suffix: '9917',
    promise: 'delivered, read, then a late failed with 131000 that must change nothing',
    steps: [SENT, DELIVERED, READ, { state: 'failed', delay: 'read', errorCode: 131000 }],
  },
  { suffix: '9918', promise: 'accepted, no status ever', steps: [] },
  { suffix: '9919', promise: 'refused with 131030: not in the allowed list', refusedWith: 131030 },
  failsWith('9920', 131053, 'media could not be fetched'),
  { suffix: '9921', promise: 'HTTP 503 with code 2, nothing accepted', refusedWith: 2 },
  {
    suffix: '9922',
    promise: 'a template is held for quality assessment and never released',
    isHeld: true,
    steps: [],
  },
  {
    suffix: '9923',
    promise: 'a template is held for quality assessment, then sent, delivered and read',
    isHeld: true,
  },
  {
    suffix: '9924',
    promise: 'a template is held for quality assessment, then fails with 132015: it was paused',
    isHeld: true,
    steps: [{ state: 'failed', delay: 'delivered', errorCode: 132015 }],
  },
]

const OUTCOME_BY_SUFFIX = new Map(OUTCOMES.map((outcome) => [outcome.suffix, outcome]))

export function outcomeOf(phone: string): Outcome | undefined {
  return OUTCOME_BY_SUFFIX.get(phone.slice(-4))
}

/** What happens to an ordinary recipient; which steps are left out is drawn from the settings. */
export const ORDINARY_STEPS: readonly Step[] = [SENT, DELIVERED, READ]
