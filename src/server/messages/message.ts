import type {
  ContactId,
  ListId,
  MessageContent,
  MessageId,
  MessageStatus,
  NumberId,
  RecipientId,
  TemplateId,
  WorkspaceId,
} from '../../contract/index.ts'

export type MessageState =
  | 'received'
  | 'queued'
  | 'intent'
  | 'accepted'
  | 'rejected'
  | 'unknown'
  | 'held'
  | 'skipped'
  | 'cancelled'
  | 'expired'

/** Who goes first in a lane: a person who waits for an answer, then a program, then bulk. */
export const priorities = { reply: 0, api: 1, bulk: 2 } as const
export type DirectPriority = typeof priorities.reply | typeof priorities.api

export type StatusKind = 'enqueued' | 'sent' | 'delivered' | 'read' | 'played' | 'failed'

/** The provider's words for a failure, as they are stored. */
export interface StoredError {
  code: string
  title: string
  detail: string | null
}

export interface StoredPricing {
  category: string | null
  type: string | null
  model: string | null
  billable: boolean | null
}

export interface StoredConversation {
  id: string
  origin: string | null
  expires_at: string | null
}

/** A message as it is read for showing it. */
export interface MessageRow {
  workspace_id: WorkspaceId
  id: MessageId
  number_id: NumberId
  contact_id: ContactId
  direction: 'in' | 'out'
  origin: 'customer' | 'agent' | 'api' | 'list' | 'echo'
  type: string
  content: MessageContent
  external_id: string | null
  context_external_id: string | null
  at: Date
  state: MessageState
  status: MessageStatus
  to_phone: string | null
  list_id: ListId | null
  recipient_id: RecipientId | null
  template_id: TemplateId | null
  category: string | null
  sent_by: string | null
  error_code: string | null
  error: StoredError | null
}

/** What a claim hands to the lane: all that a request needs, and what names the attempt. */
export interface ClaimedMessage {
  workspace_id: WorkspaceId
  id: MessageId
  attempt: number
  epoch: number
  priority: number
  type: string
  /** Meta's object under the name of the type. */
  body: unknown
  to_phone: string | null
  to_user_id: string | null
  /** The provider's id of the template, for those who don't go by its name. */
  template_external_id: string | null
  context_external_id: string | null
  contact_id: ContactId
  list_id: ListId | null
  /** How often the provider said "later" before. */
  deferrals: number
  /** Set: the message was not made an intent, and why. */
  skip_reason: SkipReason | null
}

/** Why the claim left a message out for good. */
export type SkipReason = 'opted_out' | 'window_closed' | 'template_not_approved' | 'too_late'
