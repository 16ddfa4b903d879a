import type { GupshupConnection } from '../connection.ts'
import { step, unreadable } from '../meta/call-graph.ts'
import type { Pools } from '../meta/pools.ts'
import { property, text } from '../meta/read-error.ts'
import type { ProviderAnswer } from '../provider-error.ts'
import { callGupshup } from './call-gupshup.ts'
import { answerCode } from './error-codes.ts'
import type { RatingsReading, WalletReading } from './gupshup-client.ts'
import { callTemplates } from './list-templates.ts'

export async function checkKey(pools: Pools, connection: GupshupConnection): Promise<ProviderAnswer<null>> {
  const answer = await callTemplates(pools, connection, { pageNo: '1', pageSize: '1' })
  return answer.ok ? { ok: true, value: null } : answer
}

/** No phone number: Gupshup looks at app name and source first, and refuses this afterwards. */
const nobody = '0'

/**
 * Gupshup has no call that tells an app's name and number. A message to nobody is refused for its app details when they
 * are wrong, and for its destination when they are right.
 */
export async function checkSource(
  pools: Pools,
  connection: GupshupConnection,
  source: string,
): Promise<ProviderAnswer<null>> {
  const message = JSON.stringify({ type: 'text', text: 'Parley checks the connection.' })
  const form = {
    channel: 'whatsapp',
    source,
    destination: nobody,
    'src.name': connection.app_name,
    message,
  }
  const answer = await callGupshup(pools, connection, { path: '/wa/api/v1/msg', form })
  const isRight = answer.ok || answer.error.code === answerCode('invalid_destination')
  return isRight ? { ok: true, value: null } : answer
}

const ratings = ['GREEN', 'YELLOW', 'RED'] as const

export async function readRatings(
  pools: Pools,
  connection: GupshupConnection,
): Promise<ProviderAnswer<RatingsReading>> {
  const path = `/partner/app${step(connection.app_id)}/ratings`
  const answer = await callGupshup(pools, connection, { path, isPartner: true })
  if (!answer.ok) return answer
  const health = property(answer.value, 'health')
  const rating = text(property(health, 'qualityRating'))?.toUpperCase()
  return {
    ok: true,
    value: {
      quality_rating: ratings.find((each) => each === rating) ?? 'UNKNOWN',
      messaging_limit: text(property(health, 'messagingLimits')),
    },
  }
}

export async function readWallet(
  pools: Pools,
  connection: GupshupConnection,
): Promise<ProviderAnswer<WalletReading>> {
  const path = `/partner/app${step(connection.app_id)}/wallet/balance`
  const answer = await callGupshup(pools, connection, { path, isPartner: true })
  if (!answer.ok) return answer
  const wallet = property(answer.value, 'walletResponse')
  const balance = property(wallet, 'currentBalance')
  if (typeof balance !== 'number') return { ok: false, error: unreadable('The answer has no balance.') }
  return { ok: true, value: { balance, currency: text(property(wallet, 'currency')) } }
}
