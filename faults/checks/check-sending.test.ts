import { expect, it } from 'vitest'
import { checkBeliefs } from './check-sending.ts'
import type { Arrival, Evidence } from './evidence.ts'

function evidenceOf(state: string, told: Arrival['state']): Evidence {
  const acceptance: Arrival = {
    wamid: 'wamid.1',
    phone_number_id: '1',
    to: '59891009922',
    accepted_ms: 0,
    earliestMs: 0,
    biz_opaque_callback_data: null,
    state: told,
    answered: 'lost',
  }
  const message = {
    id: 'msg_1',
    state,
    external_id: null,
    to_phone: acceptance.to,
    list_id: null,
    attempt: 1,
  }
  return {
    ledger: [acceptance],
    messages: new Map([[message.id, message]]),
    acceptedOf: new Map([[message.id, [acceptance]]]),
  }
}

it('what was accepted may stay undecided only where the provider never told of it', () => {
  expect(checkBeliefs(evidenceOf('expired', 'accepted')).complaints).toEqual([])
  expect(checkBeliefs(evidenceOf('held', 'accepted')).complaints).toEqual([])
  expect(checkBeliefs(evidenceOf('held', 'sent')).complaints).toHaveLength(1)
  expect(checkBeliefs(evidenceOf('rejected', 'accepted')).complaints).toHaveLength(1)
  expect(checkBeliefs(evidenceOf('expired', 'failed')).complaints).toHaveLength(1)
})
