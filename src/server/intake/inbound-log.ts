import type {
  ConnectorId,
  InboundFact,
  InboundLog,
  InboundLogId,
  Verdict,
  WorkspaceId,
} from '../../contract/index.ts'

/** A webhook in a worker's hands. */
export interface ClaimedLog {
  id: InboundLogId
  workspace_id: WorkspaceId | null
  connector_id: string | null
  source: InboundLog['source']
  received_at: Date
  /** Null the first time. */
  processed_at: Date | null
  body: Buffer | null
  attempts: number
  /** What was found the last time. */
  facts: InboundFact[]
  /** It was set aside before, and nothing helped since. */
  was_parked: boolean
}

/** What is written about a webhook after it was worked on. */
export interface LogResult {
  id: string
  workspace_id: WorkspaceId | null
  connector_id: ConnectorId | null
  verdict: Verdict
  error: string | null
  attempts: number
  /** Until the next try; 0 when there is none. */
  retry_after_ms: number
  facts: InboundFact[]
  terms: string[]
}
