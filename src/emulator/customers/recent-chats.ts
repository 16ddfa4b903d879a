import type { Emulator } from '../emulator.ts'
import type { BusinessNumber } from '../world/accounts.ts'

const LOOKED_AT_MAX = 5_000
const LISTED_MAX = 30

export interface RecentChat {
  phone: string
  name: string
  lastMs: number
}

/** Who wrote to a number or was written to lately, newest first. */
export function recentChats(emulator: Emulator, number: BusinessNumber): RecentChat[] {
  const { customers, ledger } = emulator.world
  const chats = new Map<string, RecentChat>()
  for (const { phone, name, lastInboundMs } of customers.all()) {
    const lastMs = lastInboundMs.get(number.id)
    if (lastMs !== undefined) chats.set(phone, { phone, name, lastMs })
  }
  const { recipients, times, numberIndexes, size } = ledger
  for (let at = size - 1; at >= Math.max(0, size - LOOKED_AT_MAX); at -= 1) {
    if (numberIndexes[at] !== number.ledgerIndex) continue
    const phone = String(recipients[at])
    const lastMs = times[at] ?? 0
    const known = chats.get(phone)
    if (known !== undefined) known.lastMs = Math.max(known.lastMs, lastMs)
    else chats.set(phone, { phone, name: customers.find(phone)?.name ?? `+${phone}`, lastMs })
  }
  return [...chats.values()].sort((left, right) => right.lastMs - left.lastMs).slice(0, LISTED_MAX)
}
