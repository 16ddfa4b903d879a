import type { MetaConnection } from '../connection.ts'
import type { ProviderAnswer } from '../provider-error.ts'
import { callGraph, step, unreadable } from './call-graph.ts'
import type { NumberReading } from './meta-client.ts'
import type { Pools } from './pools.ts'
import { property, text } from './read-error.ts'
import { nextPageOf, rowsIn } from './read-list.ts'

// Asked for by name: by default the Graph API gives only some of them.
const numberFields = [
  'id',
  'display_phone_number',
  'verified_name',
  'quality_rating',
  'status',
  'name_status',
  'code_verification_status',
  'account_mode',
  'throughput',
  'is_on_biz_app',
  'whatsapp_business_manager_messaging_limit',
  'webhook_configuration',
].join(',')

const pageLimit = '100'
const pagesMax = 50

export async function readNumber(
  pools: Pools,
  connection: MetaConnection,
  phoneNumberId: string,
): Promise<ProviderAnswer<NumberReading>> {
  const answer = await callGraph(pools, connection, {
    path: step(phoneNumberId),
    query: { fields: numberFields },
  })
  if (!answer.ok) return answer
  const number = numberIn(answer.value)
  return number
    ? { ok: true, value: number }
    : { ok: false, error: unreadable('This id is not a phone number.') }
}

export async function listNumbers(
  pools: Pools,
  connection: MetaConnection,
  wabaId: string,
): Promise<ProviderAnswer<NumberReading[]>> {
  const numbers: NumberReading[] = []
  let after: string | null = null
  for (let page = 0; page < pagesMax; page++) {
    const query: Record<string, string> = { fields: numberFields, limit: pageLimit }
    if (after !== null) query.after = after
    const answer = await callGraph(pools, connection, { path: `${step(wabaId)}/phone_numbers`, query })
    if (!answer.ok) return answer
    for (const row of rowsIn(answer.value)) {
      const number = numberIn(row)
      if (number) numbers.push(number)
    }
    after = nextPageOf(answer.value)
    if (after === null) return { ok: true, value: numbers }
  }
  return { ok: false, error: unreadable('The list of numbers does not end.') }
}

function numberIn(value: unknown): NumberReading | null {
  const id = text(property(value, 'id'))
  const displayed = text(property(value, 'display_phone_number'))
  if (id === null || displayed === null) return null
  return {
    phone_number_id: id,
    display_phone_number: displayed,
    phone: displayed.replace(/\D/g, ''),
    verified_name: text(property(value, 'verified_name')) ?? '',
    quality_rating: qualityIn(property(value, 'quality_rating')),
    messaging_limit: text(property(value, 'whatsapp_business_manager_messaging_limit')),
    throughput: text(property(property(value, 'throughput'), 'level')) ?? 'STANDARD',
    status: text(property(value, 'status')),
    name_status: text(property(value, 'name_status')),
    account_mode: text(property(value, 'account_mode')),
    code_verification_status: text(property(value, 'code_verification_status')),
    is_on_business_app: property(value, 'is_on_biz_app') === true,
    webhook_url: callbackIn(property(value, 'webhook_configuration')),
  }
}

/** A number's own callback goes before the account's, and that before the app's. */
function callbackIn(configuration: unknown): string | null {
  return (
    text(property(configuration, 'phone_number')) ??
    text(property(configuration, 'whatsapp_business_account')) ??
    text(property(configuration, 'application'))
  )
}

function qualityIn(value: unknown): NumberReading['quality_rating'] {
  return value === 'GREEN' || value === 'YELLOW' || value === 'RED' ? value : 'UNKNOWN'
}
