import type { MetaConnection } from '../connection.ts'
import type { ProviderAnswer } from '../provider-error.ts'
import { callGraph, step } from './call-graph.ts'
import type { Pools } from './pools.ts'

/** Marks this message and the ones before it as read, and may show "typing…" until we answer. */
export async function markRead(
  pools: Pools,
  connection: MetaConnection,
  phoneNumberId: string,
  message: { externalId: string; typing: boolean },
): Promise<ProviderAnswer<null>> {
  const { externalId, typing } = message
  const answer = await callGraph(pools, connection, {
    method: 'POST',
    path: `${step(phoneNumberId)}/messages`,
    body: {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: externalId,
      ...(typing ? { typing_indicator: { type: 'text' } } : {}),
    },
  })
  return answer.ok ? { ok: true, value: null } : answer
}
