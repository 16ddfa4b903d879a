import type { MessageContent } from '../../contract/index.ts'
import type { ProviderError } from './provider-error.ts'

/** A JSON object as a provider sent it: null-prototype, text fit for storage, long numbers kept as strings. */
export interface JsonObject {
  [key: string]: Json | undefined
}
export type Json = string | number | boolean | null | Json[] | JsonObject

/** Where a fact belongs: which WhatsApp account, and which number of it when the provider says so. */
export interface FactOrigin {
  waba_id: string | null
  phone_number_id: string | null
}

/** One thing a provider told us. A webhook holds many; each goes to the room that owns its kind. */
export type Fact =
  | MessageFact
  | ReactionFact
  | StatusFact
  | TemplateFact
  | AccountFact
  | NumberFact
  | PreferenceFact
  | ContactChangeFact
  | EchoFact
  | HistoryFact
  | AddressBookFact
  | CallFact
  | BillingFact
  | GroupFact
  | ConversionFact
  | ClickFact
  | ErrorFact
  | CheckFact
  | UnknownFact

/** Somebody wrote to us. People with a username may show a user id only, without a phone. */
export interface MessageFact extends FactOrigin {
  kind: 'message'
  external_id: string
  /** Digits without `+`. */
  from_phone: string | null
  from_user_id: string | null
  username: string | null
  profile_name: string | null
  /** null when the provider's time makes no sense. */
  at: Date | null
  type: string
  content: MessageContent
  context_external_id: string | null
  /** False for what WhatsApp itself reports in a chat, such as a changed number: it does not open the 24 h window. */
  opens_window: boolean
  /** Set for a message to a group: it belongs there, not to the person who wrote it. */
  group_id: string | null
}

export interface ReactionFact extends FactOrigin {
  kind: 'reaction'
  external_id: string
  from_phone: string | null
  from_user_id: string | null
  username: string | null
  profile_name: string | null
  group_id: string | null
  at: Date | null
  target_external_id: string
  /** Empty: the reaction was taken back. */
  emoji: string
}

/** `enqueued`: the provider has taken it over and not yet passed it on to WhatsApp; only Gupshup says so. */
export const statusKinds = ['enqueued', 'sent', 'delivered', 'read', 'played', 'failed'] as const
export type StatusKind = (typeof statusKinds)[number]

export interface StatusFact extends FactOrigin {
  kind: 'status'
  /** The id that sending answered, where the provider tells it. */
  external_id: string
  /** WhatsApp's own id of the message, where it is another; later statuses and replies may name this one only. */
  whatsapp_id: string | null
  status: StatusKind
  /** Phone, user id, or the member of a group; empty when the provider names none. */
  recipient: string
  /** Phone or user id of the member of a group that it is about. */
  member?: string
  recipient_user_id: string | null
  at: Date | null
  /** What we gave as `biz_opaque_callback_data`. Untrusted: check its tag. */
  opaque: string | null
  error: ProviderError | null
  pricing: Pricing | null
  conversation: StatusConversation | null
}

/** What WhatsApp counts a message to; since v24.0 told for free entry points only. */
export interface StatusConversation {
  id: string
  /** marketing, service, referral_conversion, … */
  origin: string | null
  /** ISO 8601. */
  expires_at: string | null
}

export interface Pricing {
  category: string | null
  type: string | null
  model: string | null
  billable: boolean | null
}

/** `language` is in the form `en_US`, whichever way the webhook wrote it. */
export type TemplateFact = FactOrigin & {
  kind: 'template'
  external_id: string | null
  name: string
  language: string | null
  at: Date | null
} & (
    | {
        change: 'status'
        /** Meta's word: APPROVED, PAUSED, REINSTATED, … */
        event: string
        reason: string | null
        /** Explanation in the provider's words, for example until when a template is paused. */
        detail: string | null
        category: string | null
      }
    | {
        change: 'category'
        /** `detected`: looks wrong; `announced`: will change at `takes_effect_at`; `done`: has changed. */
        step: 'detected' | 'announced' | 'done'
        from: string | null
        to: string
        takes_effect_at: Date | null
      }
    | { change: 'quality'; from: string | null; to: string }
    | { change: 'components' }
  )

/** A change of the WhatsApp account: review, restriction, ban, limits, alerts. */
export interface AccountFact extends FactOrigin {
  kind: 'account'
  field: string
  /** The event within the field: ACCOUNT_RESTRICTION, APPROVED, … */
  change: string
  at: Date | null
  value: JsonObject
}

/** A change of one number: quality, throughput, display name, PIN. Meta names the number by its phone only. */
export interface NumberFact extends FactOrigin {
  kind: 'number'
  field: string
  change: string
  at: Date | null
  /** Digits. */
  phone: string | null
  value: JsonObject
}

/** A person told WhatsApp to stop or resume a category of our messages. */
export interface PreferenceFact extends FactOrigin {
  kind: 'preference'
  phone: string | null
  user_id: string | null
  category: string
  value: string
  at: Date | null
}

/** A person has a new phone or a new user id. */
export interface ContactChangeFact extends FactOrigin {
  kind: 'contact_change'
  external_id: string | null
  old_phone: string | null
  new_phone: string | null
  old_user_id: string | null
  new_user_id: string | null
  at: Date | null
}

/** We wrote, in the WhatsApp Business app on a phone. */
export interface EchoFact extends FactOrigin {
  kind: 'echo'
  external_id: string
  to_phone: string | null
  to_user_id: string | null
  at: Date | null
  type: string
  content: MessageContent
  context_external_id: string | null
}

/** A message from before the number was connected. */
export interface PastMessage {
  external_id: string
  direction: 'in' | 'out'
  at: Date | null
  type: string
  content: MessageContent
  context_external_id: string | null
  /** How far it had come; null when that was not told. */
  status: Exclude<StatusKind, 'enqueued'> | null
}

/** A chat of the WhatsApp Business app from before, or a part of it. */
export interface HistoryFact extends FactOrigin {
  kind: 'history'
  phone: string | null
  user_id: string | null
  messages: PastMessage[]
}

/** An entry of the address book of the WhatsApp Business app. */
export interface AddressBookFact extends FactOrigin {
  kind: 'address_book'
  action: 'add' | 'remove'
  phone: string
  name: string | null
  at: Date | null
}

/** A call with a person, as far as it has come. */
export interface CallFact extends FactOrigin {
  kind: 'call'
  external_id: string
  /** `in`: the person called us. */
  direction: 'in' | 'out'
  phone: string | null
  user_id: string | null
  username: string | null
  profile_name: string | null
  /** When it began, as far as that can be told. */
  at: Date | null
  ended_at: Date | null
  /** `ringing` and what follows it tell how it goes on; `terminate` ends it. */
  event: 'connect' | 'ringing' | 'accepted' | 'rejected' | 'terminate'
  /** COMPLETED or FAILED, once it has ended. */
  result: string | null
  duration_seconds: number | null
  error: ProviderError | null
}

/** What a message was charged as. */
export interface BillingFact extends FactOrigin {
  kind: 'billing'
  /** The id that sending answered, where the provider tells it, else WhatsApp's. */
  external_id: string
  recipient: string
  at: Date | null
  pricing: Pricing
}

/** A group was made, changed or ended, or people came and went. */
export interface GroupFact extends FactOrigin {
  kind: 'group'
  /** Made of what is said: such news have no id. */
  external_id: string
  group_id: string
  /** WhatsApp's word: group_participants_add, group_create, … */
  change: string
  reason: string | null
  /** The group's name, where it is told. */
  subject: string | null
  members: { phone: string | null; user_id: string | null }[]
  at: Date | null
}

/** WhatsApp recognised a purchase or a lead in a chat that an ad had begun. */
export interface ConversionFact extends FactOrigin {
  kind: 'conversion'
  /** Of the message in which it was recognised. */
  external_id: string
  /** Purchase, LeadSubmitted. */
  event: string
  /** `25000 USD`. */
  amount: string | null
  at: Date | null
}

/** Somebody tapped a link of a marketing message; WhatsApp doesn't say who. */
export interface ClickFact extends FactOrigin {
  kind: 'click'
  action: string
  component: string | null
  product: string | null
  tracking: string | null
  at: Date | null
}

/** Something went wrong at the provider, and no message of ours is named by it: a rate limit was hit, for one. */
export interface ErrorFact extends FactOrigin {
  kind: 'error'
  error: ProviderError
}

/** The provider tries whether somebody answers at our address. */
export interface CheckFact extends FactOrigin {
  kind: 'check'
  name: string
}

/** Kept, shown and counted, never an error: Meta adds fields and types all the time. */
export interface UnknownFact extends FactOrigin {
  kind: 'unknown'
  field: string
  type: string | null
  value: Json
}
