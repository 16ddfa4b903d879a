import type { OutgoingMessage } from '../channel.ts'
import type { GupshupConnection } from '../connection.ts'
import type { SendOptions } from '../meta/meta-client.ts'
import type { Pools } from '../meta/pools.ts'
import { request } from '../meta/request.ts'
import type { SendOutcome } from '../send-outcome.ts'
import { classifyGupshupAnswer } from './classify-answer.ts'
import { answerCode } from './error-codes.ts'
import { wordMessage } from './word-message.ts'

const timeoutMsDefault = 30_000
const bytesMax = 64 * 1024

/** Sends one message in the v1 form. A message that Gupshup has no form for is refused without a request. */
export async function sendMessage(
  pools: Pools,
  connection: GupshupConnection,
  message: OutgoingMessage,
  options: SendOptions = {},
): Promise<SendOutcome> {
  const worded = wordMessage(message)
  if (!worded.ok) {
    const code = answerCode('not_supported')
    const title = 'Gupshup has no form for this message.'
    return { kind: 'refused', error: { code, title, detail: worded.reason }, http_status: null }
  }
  const base = new URL(connection.gupshup_url)
  const form = new URLSearchParams({
    channel: 'whatsapp',
    source: message.phone_number_id,
    destination: worded.destination,
    'src.name': connection.app_name,
    ...worded.fields,
  })
  const answer = await request(pools.get(base.origin, 'send'), {
    method: 'POST',
    path: `${base.pathname.replace(/\/$/, '')}${worded.path}`,
    headers: [
      'apikey',
      connection.api_key,
      'content-type',
      'application/x-www-form-urlencoded',
      'accept',
      'application/json',
    ],
    body: form.toString(),
    timeoutMs: options.timeoutMs ?? timeoutMsDefault,
    bytesMax,
    signal: options.signal,
    mayBegin: options.mayBegin,
  })
  return classifyGupshupAnswer(answer)
}
