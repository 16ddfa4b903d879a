import type { MessageId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { type EchoedMessage, insertEcho } from './queries-elsewhere.ts'
import { lockAnswers, takeOrphans } from './queries-statuses.ts'
import { type FactOfMessage, recordFacts } from './record-facts.ts'

/**
 * A message of ours that was sent in the Business app: sent, as far as we are concerned, with whatever statuses came before
 * it. The caller holds the contact's row and has looked that it is not here yet.
 */
export async function recordEcho(
  db: Db,
  workspaceId: WorkspaceId,
  echo: EchoedMessage,
  inboundLogId: string | null,
): Promise<MessageId> {
  const { number_id, external_id, at } = echo
  await lockAnswers(db, [number_id], 'shared')
  const id = await insertEcho(db, workspaceId, echo)
  const common = { message_id: id, external_id, whatsapp_id: null, attempt: null }
  const sent: FactOfMessage = {
    ...common,
    kind: 'sent',
    at,
    error: null,
    pricing: null,
    inbound_log_id: inboundLogId,
  }
  const orphans = await takeOrphans(db, [{ workspace_id: workspaceId, number_id, external_id }])
  const early = orphans
    .filter(({ kind }) => kind !== 'sent')
    .map(({ kind, fact, inbound_log_id }): FactOfMessage => {
      const told = {
        at: fact.at === null ? null : new Date(fact.at),
        error: fact.error,
        pricing: fact.pricing,
        conversation: fact.conversation ?? null,
      }
      return { ...common, ...told, kind, inbound_log_id }
    })
  await recordFacts(db, workspaceId, [sent, ...early])
  return id
}
