import type { CreatedTemplate, NewTemplate, OutgoingMessage } from '../channel.ts'
import type { GupshupConnection } from '../connection.ts'
import type { MediaReading, SendOptions, TemplateReading } from '../meta/meta-client.ts'
import type { ProviderAnswer } from '../provider-error.ts'
import type { SendOutcome } from '../send-outcome.ts'

/** Gupshup's self-serve API. Expected failures are values; nothing here throws for what the other side does. */
export interface GupshupClient {
  send(connection: GupshupConnection, message: OutgoingMessage, options?: SendOptions): Promise<SendOutcome>
  listTemplates(connection: GupshupConnection): AsyncIterable<ProviderAnswer<TemplateReading[]>>
  /** Submits a template for review. What Gupshup's form has no field for is answered with the code `unsupported`. */
  createTemplate(
    connection: GupshupConnection,
    template: NewTemplate,
  ): Promise<ProviderAnswer<CreatedTemplate>>
  /** Whether API key and app id are right. */
  checkKey(connection: GupshupConnection): Promise<ProviderAnswer<null>>
  /** Whether app name and source belong together and to the API key; nothing is sent to anybody. */
  checkSource(connection: GupshupConnection, source: string): Promise<ProviderAnswer<null>>
  /** Quality and messaging limit. Gupshup tells them to partner tokens only. */
  readRatings(connection: GupshupConnection): Promise<ProviderAnswer<RatingsReading>>
  /** What is left in the wallet. Gupshup tells it to partner tokens only. */
  readWallet(connection: GupshupConnection): Promise<ProviderAnswer<WalletReading>>

  readMedia(mediaId: string): ProviderAnswer<MediaReading>
  downloadMedia(
    connection: GupshupConnection,
    url: string,
    options: { bytesMax: number; signal?: AbortSignal },
  ): Promise<ProviderAnswer<Buffer>>
}

export interface RatingsReading {
  quality_rating: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN'
  messaging_limit: string | null
}

export interface WalletReading {
  balance: number
  currency: string | null
}
