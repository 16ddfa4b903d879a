import type { TemplateEdit } from '../channel.ts'
import type { MetaConnection } from '../connection.ts'
import type { ProviderAnswer } from '../provider-error.ts'
import { callGraph, step, unreadable } from './call-graph.ts'
import type { Pools } from './pools.ts'

/** Hands a changed template over; it is reviewed anew. */
export async function editTemplate(
  pools: Pools,
  connection: MetaConnection,
  { external_id, category, components }: TemplateEdit,
): Promise<ProviderAnswer<null>> {
  const body = { ...(category === undefined ? {} : { category }), components }
  const answer = await callGraph(pools, connection, { method: 'POST', path: step(external_id), body })
  return answer.ok ? { ok: true, value: null } : answer
}

/** One language of the name. Its name is free again after 30 days. */
export async function deleteTemplate(
  pools: Pools,
  connection: MetaConnection,
  { external_id, name }: { external_id: string; name: string },
): Promise<ProviderAnswer<null>> {
  const { waba_id } = connection
  if (waba_id === null)
    return { ok: false, error: unreadable('The WhatsApp account of the connection is not known.') }
  const path = `${step(waba_id)}/message_templates`
  const query = { name, hsm_id: external_id }
  const answer = await callGraph(pools, connection, { method: 'DELETE', path, query })
  return answer.ok ? { ok: true, value: null } : answer
}
