import type { MetaConnection } from '../connection.ts'
import type { SendOutcome } from '../send-outcome.ts'
import { graphPath, step } from './call-graph.ts'
import { classifyAnswer } from './classify-answer.ts'
import type { MessagePayload, SendOptions } from './meta-client.ts'
import type { Pools } from './pools.ts'
import { request } from './request.ts'

const timeoutMsDefault = 30_000
const bytesMax = 64 * 1024

/** Where and with which headers a number sends. Built once per connection: a bulk send asks for it 1,000 times a second. */
interface SendAddress {
  origin: string
  path: string
  headers: string[]
}

export type SendMessage = (
  connection: MetaConnection,
  phoneNumberId: string,
  payload: MessagePayload,
  options?: SendOptions,
) => Promise<SendOutcome>

export function createSendMessage(pools: Pools): SendMessage {
  const addresses = new WeakMap<MetaConnection, Map<string, SendAddress>>()

  function addressOf(connection: MetaConnection, phoneNumberId: string): SendAddress {
    const ofConnection = addresses.get(connection) ?? new Map<string, SendAddress>()
    addresses.set(connection, ofConnection)
    const known = ofConnection.get(phoneNumberId)
    if (known) return known
    const address = buildAddress(connection, phoneNumberId)
    ofConnection.set(phoneNumberId, address)
    return address
  }

  return async (connection, phoneNumberId, payload, options = {}) => {
    const { origin, path, headers } = addressOf(connection, phoneNumberId)
    const answer = await request(pools.get(origin, 'send'), {
      method: 'POST',
      path,
      headers,
      body: JSON.stringify({ messaging_product: 'whatsapp', ...payload }),
      timeoutMs: options.timeoutMs ?? timeoutMsDefault,
      bytesMax,
      signal: options.signal,
      mayBegin: options.mayBegin,
    })
    return classifyAnswer(answer)
  }
}

function buildAddress(connection: MetaConnection, phoneNumberId: string): SendAddress {
  return {
    origin: new URL(connection.graph_url).origin,
    path: graphPath(connection, `${step(phoneNumberId)}/messages`),
    headers: [
      'authorization',
      `Bearer ${connection.access_token}`,
      'content-type',
      'application/json',
      'accept',
      'application/json',
    ],
  }
}
