import type { CreatedTemplate, FileToUpload, NewTemplate, TemplateEdit } from '../channel.ts'
import type { MetaConnection } from '../connection.ts'
import type { ProviderAnswer } from '../provider-error.ts'
import type { SendOutcome } from '../send-outcome.ts'

/** A body of Meta's `POST /{phone_number_id}/messages`, without `messaging_product`. */
export type MessagePayload = Record<string, unknown>

export interface SendOptions {
  /** Aborted before the request was written: `unsent`; afterwards: `unknown`. */
  signal?: AbortSignal
  /** Asked once more right before the first byte is written: false leaves it `unsent`. */
  mayBegin?: () => boolean
  /** For waiting, connect, headers and body together; 30 s by default. */
  timeoutMs?: number
}

/** The Graph API. Expected failures are values; nothing here throws for what the other side does. */
export interface MetaClient {
  send(
    connection: MetaConnection,
    phoneNumberId: string,
    payload: MessagePayload,
    options?: SendOptions,
  ): Promise<SendOutcome>
  markRead(
    connection: MetaConnection,
    phoneNumberId: string,
    externalId: string,
    options?: { typing?: boolean },
  ): Promise<ProviderAnswer<null>>

  /** All templates of the account, page by page; ends after the first answer that is not ok. */
  listTemplates(connection: MetaConnection): AsyncIterable<ProviderAnswer<TemplateReading[]>>

  /** Submits a template for review. */
  createTemplate(connection: MetaConnection, template: NewTemplate): Promise<ProviderAnswer<CreatedTemplate>>

  editTemplate(connection: MetaConnection, edit: TemplateEdit): Promise<ProviderAnswer<null>>
  deleteTemplate(
    connection: MetaConnection,
    template: { external_id: string; name: string },
  ): Promise<ProviderAnswer<null>>

  readNumber(connection: MetaConnection, phoneNumberId: string): Promise<ProviderAnswer<NumberReading>>
  listNumbers(connection: MetaConnection, wabaId: string): Promise<ProviderAnswer<NumberReading[]>>
  readWaba(connection: MetaConnection, wabaId: string): Promise<ProviderAnswer<WabaReading>>
  subscribeApp(connection: MetaConnection, wabaId: string): Promise<ProviderAnswer<null>>
  readSubscribedApps(connection: MetaConnection, wabaId: string): Promise<ProviderAnswer<SubscribedApp[]>>
  /** Where the app's webhooks go and which fields it hears; null when it has no such form. */
  readAppSubscription(
    connection: MetaConnection,
    appId: string,
  ): Promise<ProviderAnswer<AppSubscription | null>>
  /** What the connection's access token is and may do. */
  debugToken(connection: MetaConnection): Promise<ProviderAnswer<TokenReading>>
  /** Whether the app secret belongs to the app that the access token was made for. */
  verifyAppSecret(connection: MetaConnection): Promise<ProviderAnswer<null>>

  readMedia(
    connection: MetaConnection,
    mediaId: string,
    phoneNumberId?: string,
  ): Promise<ProviderAnswer<MediaReading>>
  downloadMedia(
    connection: MetaConnection,
    url: string,
    options: { bytesMax: number; signal?: AbortSignal },
  ): Promise<ProviderAnswer<Buffer>>
  uploadMedia(
    connection: MetaConnection,
    phoneNumberId: string,
    file: FileToUpload,
  ): Promise<ProviderAnswer<string>>
}

export interface TemplateReading {
  external_id: string
  name: string
  /** `en_US`. */
  language: string
  category: string
  status: string
  rejected_reason: string | null
  quality: string | null
  parameter_format: 'POSITIONAL' | 'NAMED'
  components: Record<string, unknown>[]
}

export interface NumberReading {
  phone_number_id: string
  display_phone_number: string
  /** Digits of the display phone number. */
  phone: string
  verified_name: string
  quality_rating: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN'
  messaging_limit: string | null
  /** STANDARD, HIGH or NOT_APPLICABLE. */
  throughput: string
  /** CONNECTED, PENDING, BANNED, …; null when the provider doesn't say. */
  status: string | null
  name_status: string | null
  account_mode: string | null
  code_verification_status: string | null
  /** Also used in the WhatsApp Business app on a phone: 20 messages a second. */
  is_on_business_app: boolean
  /** Where this number's webhooks go, when the provider says so. */
  webhook_url: string | null
}

export interface WabaReading {
  waba_id: string
  name: string
  portfolio_id: string | null
  review_status: string | null
}

export interface SubscribedApp {
  app_id: string
  name: string | null
  override_callback_url: string | null
}

export interface AppSubscription {
  callback_url: string | null
  fields: string[]
}

export interface TokenReading {
  app_id: string
  is_valid: boolean
  /** null: never. */
  expires_at: Date | null
  scopes: string[]
  /** Accounts that the token's grants name, newest first; empty when they name none. */
  waba_ids: string[]
}

export interface MediaReading {
  url: string
  mime_type: string | null
  sha256: string | null
  size: number | null
}
