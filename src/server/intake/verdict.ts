import type { InboundFact, Verdict } from '../../contract/index.ts'
import type { AppliedFact, OwnedFact } from './applied-fact.ts'
import type { Owner } from './find-owner.ts'
import type { ClaimedLog, LogResult } from './inbound-log.ts'
import { describeFact, userIdsOf } from './read-facts.ts'

const retryAfterMs = [1_000, 10_000, 60_000, 600_000] as const
const termsMax = 500
const termLengthMax = 250
const errorLengthMax = 2_000

export interface WorkedLog {
  log: ClaimedLog
  facts: readonly { read: OwnedFact; applied: AppliedFact }[]
  problems: readonly string[]
}

/** The verdict on a webhook: it is as bad as its worst fact, but each fact keeps what became of it. */
export function judge({ log, facts, problems }: WorkedLog): LogResult {
  const failures = facts.flatMap(({ applied }) => (applied.error === null ? [] : [applied.error]))
  const outcomes = facts.map(({ applied }) => applied.outcome)
  const attempts = log.attempts + 1
  const mayHelp = facts.some(({ applied }) => applied.error !== null && !applied.isFinal)
  const next = mayHelp ? retryAfterMs[log.attempts] : undefined
  const shown = [
    ...facts.map(({ read, applied }) => factShown(read, applied)),
    ...problems.map(problemShown),
  ].map((fact, index) => keepFirstOutcome(log.facts[index], fact))
  const reasons = [...new Set([...failures, ...problems])].join('\n')
  const owner = soleOwner(facts)
  return {
    id: log.id,
    workspace_id: log.workspace_id ?? owner?.workspaceId ?? null,
    connector_id: owner?.connectorId ?? null,
    verdict: verdictOf({ isFailed: failures.length > 0, mayRetry: next !== undefined, outcomes }),
    error: reasons === '' ? null : [...reasons].slice(0, errorLengthMax).join(''),
    attempts,
    retry_after_ms: next ?? 0,
    facts: shown,
    terms: termsOf(shown, [...idsOfNobody(facts), ...userIdsIn(facts)]),
  }
}

function verdictOf({
  isFailed,
  mayRetry,
  outcomes,
}: {
  isFailed: boolean
  mayRetry: boolean
  outcomes: readonly InboundFact['outcome'][]
}): Verdict {
  if (isFailed) return mayRetry ? 'failed' : 'parked'
  // Nothing in it could be read.
  if (outcomes.length === 0) return 'refused'
  return outcomes.every((outcome) => outcome === 'unrouted') ? 'unrouted' : 'processed'
}

function factShown({ fact }: OwnedFact, { outcome, error }: AppliedFact): InboundFact {
  const described = describeFact(fact)
  return { ...described, outcome, detail: error ?? described.detail }
}

function problemShown(problem: string): InboundFact {
  return { kind: 'problem', external_id: null, phone: null, outcome: 'failed', detail: problem }
}

/** A retry or a replay finds its own work done: the log goes on saying what the fact did the first time. */
function keepFirstOutcome(before: InboundFact | undefined, now: InboundFact): InboundFact {
  const isSame = before?.kind === now.kind && before.external_id === now.external_id
  return isSame && before.outcome === 'applied' && now.outcome === 'repeat'
    ? { ...now, outcome: 'applied' }
    : now
}

/** A body of the platform's app belongs to a connector when all of it does. */
function soleOwner(facts: WorkedLog['facts']): Owner | null {
  const owner = facts[0]?.read.owner ?? null
  return facts.every(({ read }) => read.owner?.connectorId === owner?.connectorId) ? owner : null
}

/** By these, what is nobody's is found again once its account or its number is connected. */
function idsOfNobody(facts: WorkedLog['facts']): string[] {
  return facts.flatMap(({ read: { owner, fact } }) =>
    owner === null ? [fact.waba_id, fact.phone_number_id].filter((id) => id !== null) : [],
  )
}

/** People are found by their user id too, where the line shows their phone. */
function userIdsIn(facts: WorkedLog['facts']): string[] {
  return facts.flatMap(({ read }) => userIdsOf(read.fact))
}

/** Words for the search: kinds, types, ids and phones, in lower case. */
function termsOf(facts: readonly InboundFact[], ids: readonly string[]): string[] {
  const terms = new Set(ids.slice(0, termsMax).map((id) => id.toLowerCase()))
  for (const { kind, external_id, phone, detail, outcome } of facts) {
    const words = outcome === 'failed' ? [] : (detail ?? '').split(' ')
    for (const term of [kind, external_id, phone, ...words]) {
      if (term && term.length <= termLengthMax) terms.add(term.toLowerCase())
      if (terms.size >= termsMax) return [...terms]
    }
  }
  return [...terms]
}
