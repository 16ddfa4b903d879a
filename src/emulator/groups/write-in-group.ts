import { type CustomerMessage, contentOf } from '../customers/customer-message.ts'
import { tellInbound } from '../customers/send-as-customer.ts'
import type { Emulator } from '../emulator.ts'
import type { BusinessNumber } from '../world/accounts.ts'
import { epochSeconds } from '../world/clock.ts'
import type { Customer } from '../world/customers.ts'
import { type Group, newGroupWamid } from '../world/groups.ts'
import { userIdOf } from '../world/identifiers.ts'

/** One of a group's people writes to it. Answers the wamid. */
export function writeInGroup(
  emulator: Emulator,
  { number, group, customer }: { number: BusinessNumber; group: Group; customer: Customer },
  sent: CustomerMessage,
): string {
  const wamid = sent.id ?? newGroupWamid()
  const message: Record<string, unknown> = {}
  if (!customer.hidesPhone) message.from = customer.phone
  if (emulator.world.settings.user_ids || customer.hidesPhone)
    message.from_user_id = userIdOf(number.portfolioId, customer.phone)
  Object.assign(message, {
    group_id: group.id,
    id: wamid,
    timestamp: String(sent.timestamp ?? epochSeconds(Date.now())),
  })
  if (sent.context_message_id !== undefined)
    message.context = { from: number.phone, id: sent.context_message_id }
  Object.assign(message, contentOf(emulator, number, sent))
  group.lastInboundMs = Date.now()
  group.messages.push({ wamid, from: customer.phone, message })
  tellInbound(emulator, number, customer, message)
  return wamid
}
