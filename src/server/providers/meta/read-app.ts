import { createHmac } from 'node:crypto'
import type { MetaConnection } from '../connection.ts'
import type { ProviderAnswer } from '../provider-error.ts'
import { callGraph, step } from './call-graph.ts'
import type { AppSubscription, TokenReading } from './meta-client.ts'
import type { Pools } from './pools.ts'
import { property, text } from './read-error.ts'
import { rowsIn, textsIn } from './read-list.ts'

export async function debugToken(
  pools: Pools,
  connection: MetaConnection,
): Promise<ProviderAnswer<TokenReading>> {
  const answer = await callGraph(pools, connection, {
    path: '/debug_token',
    query: { input_token: connection.access_token },
  })
  if (!answer.ok) return answer
  const data = property(answer.value, 'data')
  const expiresAt = property(data, 'expires_at')
  return {
    ok: true,
    value: {
      app_id: text(property(data, 'app_id')) ?? '',
      is_valid: property(data, 'is_valid') === true,
      expires_at: typeof expiresAt === 'number' && expiresAt > 0 ? new Date(expiresAt * 1000) : null,
      scopes: textsIn(property(data, 'scopes')),
      waba_ids: grantedWabas(property(data, 'granular_scopes')),
    },
  }
}

/**
 * `appsecret_proof` is the token signed with the app secret: Graph refuses the call when the secret belongs
 * to another app. No app id is needed for it.
 */
export async function verifyAppSecret(
  pools: Pools,
  connection: MetaConnection,
): Promise<ProviderAnswer<null>> {
  const { access_token, app_secret } = connection
  const proof = createHmac('sha256', app_secret).update(access_token).digest('hex')
  const answer = await callGraph(pools, connection, {
    path: '/me',
    query: { fields: 'id', appsecret_proof: proof },
  })
  return answer.ok ? { ok: true, value: null } : answer
}

/** The webhook form of the app's dashboard, as the app itself may read it. */
export async function readAppSubscription(
  pools: Pools,
  connection: MetaConnection,
  appId: string,
): Promise<ProviderAnswer<AppSubscription | null>> {
  const answer = await callGraph(pools, connection, {
    path: `${step(appId)}/subscriptions`,
    token: `${appId}|${connection.app_secret}`,
  })
  if (!answer.ok) return answer
  const row = rowsIn(answer.value).find((each) => property(each, 'object') === 'whatsapp_business_account')
  if (row === undefined) return { ok: true, value: null }
  const fields = property(row, 'fields')
  const names = Array.isArray(fields) ? fields.map((field) => text(property(field, 'name')) ?? '') : []
  return { ok: true, value: { callback_url: text(property(row, 'callback_url')), fields: names } }
}

function grantedWabas(granular: unknown): string[] {
  if (!Array.isArray(granular)) return []
  const whatsapp = granular.filter((grant) => text(property(grant, 'scope'))?.startsWith('whatsapp_business'))
  return [...new Set(whatsapp.flatMap((grant) => textsIn(property(grant, 'target_ids'))))]
}
