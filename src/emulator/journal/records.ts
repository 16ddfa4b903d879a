import type { Update } from '../callbacks/updates.ts'
import type { GupshupEvent } from '../gupshup/word-update.ts'
import type { InboundMessage } from '../world/customers.ts'
import type { DeliveryState, MessageKind } from '../world/ledger.ts'
import type { Kept } from './register.ts'

/** Raised when a line means something else than before: an older file is then not read. */
export const JOURNAL_FORM = 1

/** A status that an accepted message is to have, when, and with which error. */
export type PlannedStatus = [state: Exclude<DeliveryState, 'accepted'>, dueMs: number, errorCode?: number]

/** An acceptance in short: there are hundreds of thousands of them. */
export type AcceptedRecord = [
  'accepted',
  sequence: number,
  atMs: number,
  numberIndex: number,
  phone: string,
  kind: MessageKind,
  opaque: string | null,
  hadOpenWindow: boolean,
  plan: PlannedStatus[],
  body: Record<string, unknown> | null,
]

/** What a hub has to hear of, beside the planned statuses of messages. */
export type Debt =
  | { update: Update }
  | { gupshupAppWaba: string; event: GupshupEvent }
  | { wabaId: string; field: string; phoneNumberId: string | undefined; base64: string }

/** Where the ids of messages go on. */
export interface Beginning {
  form: number
  run: string
  inboundCount: number
  nextSequence: number
}

export type RecordOfMessages =
  | AcceptedRecord
  | ['state', sequence: number, state: DeliveryState, errorCode: number | null]
  | ['answered', sequence: number, how: 'lost' | 'late']
  /** Planned statuses that were heard: sequence, position in the plan, sequence, position … */
  | ['told', number[]]
  | ['inbound', inboundCount: number, message: InboundMessage]
  | ['read', wamid: string]
  | ['refused', code: number, times: number]

/** One line of the journal. */
export type JournalRecord =
  | RecordOfMessages
  | ['begin', Beginning]
  | ['keep', Kept]
  | ['drop', key: string]
  | ['owed', id: number, debt: Debt]
  | ['heard', id: number]
  | ['refused_once', phoneNumberId: string, phone: string]
  | ['reset']
