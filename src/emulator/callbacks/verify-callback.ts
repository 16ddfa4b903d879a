import { randomInt } from 'node:crypto'
import { request } from 'undici'
import { type Fault, fault } from '../faults/faults.ts'
import type { CallbackAddress } from '../world/accounts.ts'

const ANSWER_TIMEOUT_MS = 10_000
const URL_LENGTH_MAX = 2048

/** Asks the address to repeat a challenge, as Meta does before it saves a callback. */
export async function verifyCallback(address: CallbackAddress): Promise<Fault | undefined> {
  const challenge = String(randomInt(1_000_000_000, 2_000_000_000))
  let url: URL
  try {
    url = new URL(address.callbackUrl)
  } catch {
    return fault(100, 'The callback URL is not a valid URL.')
  }
  if (address.callbackUrl.length > URL_LENGTH_MAX) return fault(100, 'The callback URL is too long.')
  url.searchParams.set('hub.mode', 'subscribe')
  url.searchParams.set('hub.challenge', challenge)
  url.searchParams.set('hub.verify_token', address.verifyToken)
  try {
    const response = await request(url, { headersTimeout: ANSWER_TIMEOUT_MS, bodyTimeout: ANSWER_TIMEOUT_MS })
    const text = await response.body.text()
    if (response.statusCode !== 200) return refusal(`HTTP Status Code = ${response.statusCode}`)
    return text === challenge ? undefined : refusal('The response does not match the challenge')
  } catch (error) {
    return refusal(error instanceof Error ? error.message : 'no answer')
  }
}

function refusal(reason: string): Fault {
  return {
    code: 2200,
    message: `(#2200) Callback verification failed with the following errors: ${reason}`,
  }
}
