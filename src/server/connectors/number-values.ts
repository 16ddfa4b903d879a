import type { NumberReading } from '../providers/index.ts'
import { paceLimitPerSecond } from './connector.ts'
import type { NumberValues } from './queries-numbers.ts'

/** What the provider says about a number, as columns. */
export function numberValues(reading: NumberReading): NumberValues {
  const { display_phone_number, phone, verified_name, quality_rating, messaging_limit, throughput } = reading
  return {
    display_phone_number,
    phone,
    verified_name,
    quality_rating,
    messaging_limit,
    throughput,
    pace_limit_per_second: paceLimitPerSecond(reading),
  }
}
