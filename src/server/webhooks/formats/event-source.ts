import type { EventType } from '../../../contract/index.ts'

/** An event and what stands around it: enough to say it in any format. */
export interface EventSource {
  type: EventType
  at: Date
  /** The payload of format `normalized`. */
  data: Record<string, unknown>
  /** The account it is about; all null where the event concerns none. */
  app: { name: string | null; id: string | null; phone: string | null }
  /** The provider's id of the template that the message was made from. */
  templateExternalId: string | null
  /** The webhook that told us, when one did and its body is still kept. */
  told: { provider: 'meta' | 'gupshup'; body: Buffer } | null
}
