import type { MetaConnection } from '../connection.ts'
import type { ProviderAnswer } from '../provider-error.ts'
import { callGraph, step } from './call-graph.ts'
import type { SubscribedApp, WabaReading } from './meta-client.ts'
import type { Pools } from './pools.ts'
import { property, text } from './read-error.ts'
import { rowsIn } from './read-list.ts'

export async function readWaba(
  pools: Pools,
  connection: MetaConnection,
  wabaId: string,
): Promise<ProviderAnswer<WabaReading>> {
  const fields = 'id,name,account_review_status,owner_business_info'
  const answer = await callGraph(pools, connection, { path: step(wabaId), query: { fields } })
  if (!answer.ok) return answer
  const { value } = answer
  const owner = property(value, 'owner_business_info')
  return {
    ok: true,
    value: {
      waba_id: text(property(value, 'id')) ?? wabaId,
      name: text(property(value, 'name')) ?? '',
      portfolio_id: text(property(owner, 'id')),
      review_status: text(property(value, 'account_review_status')),
    },
  }
}

export async function subscribeApp(
  pools: Pools,
  connection: MetaConnection,
  wabaId: string,
): Promise<ProviderAnswer<null>> {
  const answer = await callGraph(pools, connection, {
    method: 'POST',
    path: `${step(wabaId)}/subscribed_apps`,
  })
  return answer.ok ? { ok: true, value: null } : answer
}

export async function readSubscribedApps(
  pools: Pools,
  connection: MetaConnection,
  wabaId: string,
): Promise<ProviderAnswer<SubscribedApp[]>> {
  const answer = await callGraph(pools, connection, { path: `${step(wabaId)}/subscribed_apps` })
  if (!answer.ok) return answer
  const apps = rowsIn(answer.value).flatMap((row): SubscribedApp[] => {
    const app = property(row, 'whatsapp_business_api_data')
    const id = text(property(app, 'id'))
    if (id === null) return []
    const override = text(property(row, 'override_callback_uri'))
    return [{ app_id: id, name: text(property(app, 'name')), override_callback_url: override }]
  })
  return { ok: true, value: apps }
}
