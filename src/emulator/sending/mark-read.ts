import type { Emulator } from '../emulator.ts'
import { type Fault, fault } from '../faults/faults.ts'
import { type Json, textIn } from '../json.ts'
import type { BusinessNumber } from '../world/accounts.ts'

/** `status: read`: this message and the earlier ones of its thread get their blue ticks. */
export function markRead(emulator: Emulator, number: BusinessNumber, body: Json): Fault | undefined {
  const wamid = textIn(body, 'message_id')
  if (wamid === undefined) return fault(131008, 'Required parameter is missing: message_id.')
  const { customers } = emulator.world
  const inbound = customers.inboundOf(wamid)
  if (inbound === undefined || inbound.phoneNumberId !== number.id) {
    return fault(131009, 'Parameter value is not valid: message_id is not a message this number received.')
  }
  customers.markRead(wamid)
  emulator.journal?.note(['read', wamid])
  const status = body.typing_indicator === undefined ? 'read' : 'typing'
  emulator.live.publish({ type: 'status', phone_number_id: number.id, phone: inbound.phone, wamid, status })
  return undefined
}
