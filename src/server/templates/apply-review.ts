import {
  type ConnectorId,
  type TemplateStatus,
  templateStatus,
  type WorkspaceId,
} from '../../contract/index.ts'
import { requestTemplateSync } from '../connectors/index.ts'
import { appendEvents } from '../events/index.ts'
import type { Db } from '../platform/index.ts'
import type { ServerCtx, TemplateFact } from '../providers/index.ts'
import { lockReviewedTemplates, updateReviewed } from './queries.ts'
import { compareReview, readReviews, takeReview } from './reviews.ts'
import { statusAfter, type TemplateRow } from './template.ts'
import { templateEvents } from './template-events.ts'

/** `kept`: understood, but there is nothing to change here (yet); a sync was asked for where that helps. */
export type ReviewOutcome = 'applied' | 'repeat' | 'kept'

/** Takes what the provider says about a template: row and event in one transaction. The only writer of reviews. */
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
  return outcome
}

async function reviewOne(
  tx: Db,
  workspace: WorkspaceId,
  row: TemplateRow,
  { fact, inboundLogId, now }: { fact: TemplateFact; inboundLogId: string | null; now: Date },
): Promise<ReviewOutcome> {
  const taken = readReviews(row.reviews)
  if (compareReview(taken, fact) !== 'new') return 'repeat'
  const before = valuesBefore(row)
  const after = valuesAfter(before, fact)
  await updateReviewed(tx, workspace, row.id, { ...after, reviews: takeReview(taken, fact) })
  const events = templateEvents(row, before, after, fact.at ?? now)
  const told = events.map((event) => ({ ...event, inbound_log_id: inboundLogId }))
  await appendEvents(tx, workspace, told)
  return outcomeOf(fact, events.length)
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

function outcomeOf(fact: TemplateFact, eventCount: number): ReviewOutcome {
  if (eventCount > 0 || fact.change === 'components') return 'applied'
  const isNotYet = fact.change === 'category' && fact.step !== 'done'
  const isNoState = fact.change === 'status' && statusAfter(fact.event) === null
  return isNotYet || isNoState ? 'kept' : 'repeat'
}
