import type {
  ContactId,
  ListId,
  MessageId,
  NumberId,
  StopReason,
  TemplateId,
  WorkspaceId,
} from '../../src/contract/index.ts'
import type { MessageState, StatusKind } from '../../src/server/messages/index.ts'
import type { Portfolio } from './daily-limit.ts'

/** The columns of `messages` that sending reads or writes; times in milliseconds of the database's clock. */
export interface Message {
  readonly workspace_id: WorkspaceId
  readonly id: MessageId
  readonly number_id: NumberId
  readonly contact_id: ContactId
  readonly list_id: ListId | null
  readonly template_id: TemplateId | null
  readonly category: string | null
  readonly type: string
  readonly body: unknown
  readonly to_phone: string
  readonly priority: number
  state: MessageState
  attempt: number
  epoch: number | null
  next_at: number
  unknown_since: number | null
  external_id: string | null
  resolution: 'answer' | 'callback' | 'inferred' | 'policy' | 'operator' | null
  readonly facts: Set<StatusKind>
}

export interface Attempt {
  readonly message_id: string
  readonly n: number
  readonly epoch: number
  readonly owner: string
  readonly intent_at: number
  ended_at: number | null
  outcome: 'accepted' | 'later' | 'refused' | 'unknown' | 'unsent' | null
}

export interface Lease {
  owner: string | null
  epoch: number
  until: number
}

export interface Gate {
  readonly list_id: ListId
  readonly number_id: NumberId
  readonly template_id: TemplateId
  weight: number
  sends_until: number | null
}

export interface Template {
  readonly id: TemplateId
  readonly category: string
  status: string
}

export interface Person {
  readonly id: ContactId
  opted_out_all: boolean
  opted_out_marketing: boolean
  /** End of the customer service window with each number. */
  readonly windows: Map<NumberId, number>
}

export interface Orphan {
  readonly number_id: NumberId
  readonly external_id: string
  readonly kind: StatusKind
}

export interface SendingNumber {
  readonly id: NumberId
  readonly workspace_id: WorkspaceId
  readonly phone_number_id: string
  readonly limit_per_second: number
  last_webhook_at: number
}

export interface ResendPolicy {
  utility_unknown: 'hold' | 'resend'
  changed_at: number
}

export interface KeptStop {
  readonly reason: StopReason
  readonly since: number
  readonly until: number
}

/** All tables of the model, by their keys. */
export interface Tables {
  readonly numbers: Map<NumberId, SendingNumber>
  readonly people: Map<ContactId, Person>
  readonly templates: Map<TemplateId, Template>
  readonly gates: Map<ListId, Gate>
  readonly leases: Map<string, Lease>
  /** `lane_workers`: until when each is there. */
  readonly workers: Map<string, number>
  readonly messages: Map<string, Message>
  /** `send_queue`: when a row may be claimed. It outlives a message that leaves the queue without a claim. */
  readonly queue: Map<string, number>
  /** Rows of `messages` that customers wrote. */
  readonly inbound: { number_id: NumberId; at: number }[]
  readonly attempts: Map<string, Attempt[]>
  /** `outbound_external_ids`, by number and id. */
  readonly externalIds: Map<string, string>
  orphans: Orphan[]
  /** `message_resends`: permitted, once each by policy, as often as people want by hand. */
  readonly resends: { message_id: string; decided_by: 'policy' | 'operator' }[]
  readonly policy: ResendPolicy
  /** `slow_downs`, in two halves: what lanes wrote, and what statuses told. */
  readonly stops: Map<NumberId, KeptStop>
  readonly toldTooFast: Map<NumberId, number>
  /** `crowded_pairs`: until when a pair is not free, by number and contact. */
  readonly crowded: Map<NumberId, Map<ContactId, number>>
  readonly portfolio: Portfolio
}

export function emptyTables(dayMs: number): Tables {
  return {
    numbers: new Map(),
    people: new Map(),
    templates: new Map(),
    gates: new Map(),
    leases: new Map(),
    workers: new Map(),
    messages: new Map(),
    queue: new Map(),
    inbound: [],
    attempts: new Map(),
    externalIds: new Map(),
    orphans: [],
    resends: [],
    stops: new Map(),
    toldTooFast: new Map(),
    crowded: new Map(),
    policy: { utility_unknown: 'hold', changed_at: 0 },
    portfolio: { limit: null, dayMs, places: new Map(), notes: [], givenBack: new Map() },
  }
}

export function attemptOf(tables: Tables, message: Message): Attempt | undefined {
  return tables.attempts.get(message.id)?.[message.attempt - 1]
}

/** The triggers on `messages`: what becomes queued enters the queue, what is put off moves in it. */
export function queueAgain(tables: Tables, message: Message): void {
  message.state = 'queued'
  if (!tables.queue.has(message.id)) tables.queue.set(message.id, message.next_at)
}
