import type { InboundFact } from '../../contract/index.ts'
import {
  type Fact,
  type ParsedGupshupWebhook,
  type ParsedWebhook,
  parseGupshupWebhook,
  parseMetaWebhook,
} from '../providers/index.ts'
import type { ClaimedLog } from './inbound-log.ts'
import { withoutTimesAhead } from './times-ahead.ts'

export type FactOutcome = InboundFact['outcome']

/** A fact with the webhook it stands in, on its way to its owner. */
export interface ReadFact {
  log: ClaimedLog
  fact: Fact
  /** The provider's app that the webhook says it is about; null when it doesn't say. */
  appId: string | null
}

export interface ReadLog {
  log: ClaimedLog
  facts: ReadFact[]
  /** Items that could not be read, in words. */
  problems: string[]
}

/** Never throws: what can't be read at all becomes a problem. */
export function readLog(log: ClaimedLog): ReadLog {
  const parsed = parse(log)
  const appId = 'app_id' in parsed ? parsed.app_id : null
  const timed = parsed.facts.map((fact) => withoutTimesAhead(fact, log.received_at))
  const problems = parsed.problems.map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`))
  if (timed.some(({ isAhead }) => isAhead)) problems.push('A time that lies ahead was left out.')
  return { log, facts: timed.map(({ fact }) => ({ log, fact, appId })), problems }
}

function parse({ body, source }: ClaimedLog): ParsedWebhook | ParsedGupshupWebhook {
  if (body === null) return { facts: [], problems: [{ path: '', reason: 'The body is not kept any more.' }] }
  try {
    return source === 'gupshup' ? parseGupshupWebhook(body) : parseMetaWebhook(body)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { facts: [], problems: [{ path: '', reason: `The body could not be read: ${reason}` }] }
  }
}

/** User ids of the people that a fact is about. */
export function userIdsOf(fact: Fact): string[] {
  switch (fact.kind) {
    case 'message':
    case 'reaction':
      return present(fact.from_user_id)
    case 'status':
      return present(fact.recipient_user_id)
    case 'echo':
      return present(fact.to_user_id)
    case 'call':
    case 'history':
    case 'preference':
      return present(fact.user_id)
    case 'contact_change':
      return present(fact.old_user_id, fact.new_user_id)
    case 'group':
      return present(...fact.members.map(({ user_id }) => user_id))
    default:
      return []
  }
}

function present(...ids: (string | null)[]): string[] {
  return ids.filter((id) => id !== null)
}

/** One line of the inbound log about a fact, before it is known what it did. Who has no phone is named by user id. */
export function describeFact(fact: Fact): Omit<InboundFact, 'outcome'> {
  const kind = fact.kind
  switch (fact.kind) {
    case 'message': {
      const phone = fact.from_phone ?? fact.from_user_id
      return { kind, external_id: fact.external_id, phone, detail: fact.type }
    }
    case 'reaction':
      return {
        kind,
        external_id: fact.external_id,
        phone: fact.from_phone ?? fact.from_user_id,
        detail: fact.emoji || 'taken back',
      }
    case 'status':
      return {
        kind,
        external_id: fact.external_id,
        phone: fact.recipient || null,
        detail: statusDetail(fact),
      }
    case 'template': {
      const detail = [fact.name, fact.language, fact.change, templateDetail(fact)].filter(Boolean).join(' ')
      return { kind, external_id: fact.external_id, phone: null, detail }
    }
    case 'account':
    case 'number': {
      const detail = [...new Set([fact.field, fact.change])].join(' ')
      return { kind, external_id: null, phone: fact.kind === 'number' ? fact.phone : null, detail }
    }
    case 'preference':
      return {
        kind,
        external_id: null,
        phone: fact.phone ?? fact.user_id,
        detail: `${fact.category} ${fact.value}`,
      }
    case 'contact_change':
      return {
        kind,
        external_id: fact.external_id,
        phone: fact.old_phone ?? fact.old_user_id,
        detail: fact.new_user_id ?? fact.new_phone,
      }
    case 'echo': {
      const phone = fact.to_phone ?? fact.to_user_id
      return { kind, external_id: fact.external_id, phone, detail: fact.type }
    }
    case 'history': {
      const detail = `${fact.messages.length} messages`
      const phone = fact.phone ?? fact.user_id
      return { kind, external_id: fact.messages[0]?.external_id ?? null, phone, detail }
    }
    case 'address_book':
      return { kind, external_id: null, phone: fact.phone, detail: fact.action }
    case 'call':
      return { kind, external_id: fact.external_id, phone: fact.phone ?? fact.user_id, detail: fact.event }
    case 'billing': {
      const { category, type } = fact.pricing
      const detail = [category, type].filter(Boolean).join(' ')
      return { kind, external_id: fact.external_id, phone: fact.recipient || null, detail }
    }
    case 'group': {
      const detail = [fact.change, fact.reason].filter(Boolean).join(' ')
      const phone = fact.members[0]?.phone ?? fact.members[0]?.user_id ?? null
      return { kind, external_id: fact.group_id, phone, detail }
    }
    case 'conversion': {
      const detail = [fact.event, fact.amount].filter(Boolean).join(' ')
      return { kind, external_id: fact.external_id, phone: null, detail }
    }
    case 'click': {
      const detail = [fact.action, fact.component, fact.product].filter(Boolean).join(' ')
      return { kind, external_id: fact.tracking, phone: null, detail }
    }
    case 'error': {
      const { code, title, detail } = fact.error
      const words = [code, detail ?? title].filter(Boolean).join(' ')
      return { kind, external_id: null, phone: null, detail: words }
    }
    case 'check':
      return { kind, external_id: null, phone: null, detail: fact.name }
    case 'unknown':
      return {
        kind,
        external_id: null,
        phone: null,
        detail: [fact.field, fact.type].filter(Boolean).join(' '),
      }
    default: {
      const unknown: never = fact
      return unknown
    }
  }
}

/** What became of it: `APPROVED`, `UTILITY MARKETING`. */
function templateDetail(fact: Extract<Fact, { kind: 'template' }>): string | null {
  if (fact.change === 'components') return null
  if (fact.change === 'status') return fact.event
  return [fact.from, fact.to].filter(Boolean).join(' ')
}

function statusDetail(fact: Extract<Fact, { kind: 'status' }>): string {
  return fact.error === null ? fact.status : `${fact.status} ${fact.error.code}`
}
