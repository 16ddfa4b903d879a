import {
  type ConnectorId,
  type TemplateStatus,
  templateStatus,
  type WorkspaceId,
} from '../../contract/index.ts'
import { requestTemplateSync } from '../connectors/index.ts'
import type { Db } from '../platform/index.ts'
import type { ServerCtx, TemplateFact } from '../providers/index.ts'
import { lockReviewedTemplates, updateReviewed } from './queries.ts'
import { insertTemplateChanges, updateComingCategory } from './queries-history.ts'
import { recordChanges } from './record-changes.ts'
import { compareReview, type Reviews, readReviews, takeReview } from './reviews.ts'
import { statusAfter, type TemplateRow } from './template.ts'
import { differencesOf, type TemplateChange } from './template-changes.ts'

/** `kept`: the template is not known here (yet); a sync was asked for. */
export type ReviewOutcome = 'applied' | 'repeat' | 'kept'

/**
 * Takes what the provider says about a template: row, history, event and notice in one transaction. The only
 * writer of reviews.
 */
export async function applyReview(
  ctx: ServerCtx,
  workspace: WorkspaceId,
  connector: ConnectorId,
  fact: TemplateFact,
  inboundLogId: string | null = null,
): Promise<ReviewOutcome> {
  const reviewed = await ctx.db.inWorkspace(workspace, async (tx) => {
    const rows = await lockReviewedTemplates(tx, workspace, connector, fact)
    const reviewed: { id: string; outcome: ReviewOutcome }[] = []
    for (const row of rows) {
      reviewed.push({
        id: row.id,
        outcome: await reviewOne(tx, workspace, row, { fact, inboundLogId, now: ctx.clock.now() }),
      })
    }
    return reviewed
  })
  const outcome = strongestOf(reviewed.map((each) => each.outcome))
  if (needsSync(fact, { outcome, isKnown: reviewed.length > 0 })) {
    await requestTemplateSync(ctx, workspace, connector)
  }
  for (const { id, outcome } of reviewed) {
    if (outcome !== 'repeat') ctx.live.changed(workspace, { topic: 'template', id })
  }
  if (outcome === 'applied') ctx.live.changed(workspace, { topic: 'notice', id: connector })
  return outcome
}

async function reviewOne(
  tx: Db,
  workspace: WorkspaceId,
  row: TemplateRow,
  { fact, inboundLogId, now }: { fact: TemplateFact; inboundLogId: string | null; now: Date },
): Promise<ReviewOutcome> {
  const taken = readReviews(row.reviews)
  const compared = compareReview(taken, fact)
  if (compared === 'repeat') return 'repeat'
  const before = valuesBefore(row)
  const at = fact.at ?? now
  const reviews = takeReview(taken, fact)
  if (compared === 'late') {
    await updateReviewed(tx, workspace, row.id, { ...before, reviews })
    await insertTemplateChanges(tx, workspace, row.id, { changes: linesOf(fact, before), at, inboundLogId })
    return 'applied'
  }
  const after = valuesAfter(before, fact)
  // A status names the category too; one that was told later stays.
  if (isCategoryNewer(taken, fact)) after.category = before.category
  await updateReviewed(tx, workspace, row.id, { ...after, reviews })
  if (fact.change === 'category')
    await updateComingCategory(tx, workspace, row.id, fact.step === 'done' ? null : comingOf(fact))
  const changes = [...differencesOf(before, after, reasonOf(fact)), ...announcementsIn(fact, before)]
  await recordChanges(tx, workspace, { template: row, changes }, { at, inboundLogId })
  return changes.length > 0 || fact.change === 'components' ? 'applied' : 'repeat'
}

/** What is overtaken by the time it comes goes into the history only. */
function linesOf(fact: TemplateFact, before: ReviewValues): TemplateChange[] {
  const done = { step: 'done', reason: reasonOf(fact), takes_effect_at: null } as const
  if (fact.change === 'quality') return [{ ...done, topic: 'quality', previous: fact.from, value: fact.to }]
  if (fact.change === 'category' && fact.step === 'done')
    return [{ ...done, topic: 'category', previous: fact.from, value: fact.to }]
  const status = fact.change === 'status' ? statusAfter(fact.event) : null
  if (status !== null) return [{ ...done, topic: 'status', previous: null, value: status }]
  return announcementsIn(fact, before)
}

function isCategoryNewer(taken: Reviews, fact: TemplateFact): boolean {
  const told = taken.category?.at ?? null
  return fact.change === 'status' && told !== null && fact.at !== null && fact.at < new Date(told)
}

function comingOf(fact: TemplateFact & { change: 'category' }): { category: string; at: Date | null } {
  return { category: fact.to, at: fact.takes_effect_at }
}

function reasonOf(fact: TemplateFact): string | null {
  return fact.change === 'status' ? (fact.detail ?? fact.reason) : null
}

/** What the provider says without changing anything yet: a category to come, a warning. */
function announcementsIn(fact: TemplateFact, { status, category }: ReviewValues): TemplateChange[] {
  const reason = reasonOf(fact)
  if (fact.change === 'category' && fact.step !== 'done') {
    const { step, to, takes_effect_at } = fact
    const previous = fact.from ?? category
    return [{ topic: 'category', step, previous, value: to, reason, takes_effect_at }]
  }
  if (fact.change !== 'status' || statusAfter(fact.event) !== null) return []
  const word = { step: 'word', previous: status, value: fact.event, takes_effect_at: null } as const
  return [{ topic: 'status', ...word, reason }]
}

/** Of several rows; none at all: nothing is known here yet. */
function strongestOf(outcomes: readonly ReviewOutcome[]): ReviewOutcome {
  if (outcomes.includes('applied')) return 'applied'
  return outcomes.includes('repeat') ? 'repeat' : 'kept'
}

interface ReviewValues {
  status: TemplateStatus
  category: string
  quality: string | null
  rejected_reason: string | null
}

function valuesBefore({ status, category, quality, rejected_reason }: TemplateRow): ReviewValues {
  return { status: templateStatus.parse(status), category, quality, rejected_reason }
}

function valuesAfter(before: ReviewValues, fact: TemplateFact): ReviewValues {
  switch (fact.change) {
    case 'status': {
      const status = statusAfter(fact.event)
      if (status === null) return before
      const rejected_reason = status === 'REJECTED' ? (fact.reason ?? fact.detail) : null
      return { ...before, status, rejected_reason, category: fact.category ?? before.category }
    }
    case 'category':
      return fact.step === 'done' ? { ...before, category: fact.to } : before
    case 'quality':
      return { ...before, quality: fact.to }
    case 'components':
      return before
    default:
      return fact satisfies never
  }
}

/** The new content of a template isn't in the webhook, it must be fetched; so must a template unknown so far. */
function needsSync(
  fact: TemplateFact,
  { outcome, isKnown }: { outcome: ReviewOutcome; isKnown: boolean },
): boolean {
  return !isKnown || (fact.change === 'components' && outcome !== 'repeat')
}
