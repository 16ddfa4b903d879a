import type { Emulator } from '../emulator.ts'
import type { BusinessNumber } from '../world/accounts.ts'
import { epochSeconds } from '../world/clock.ts'
import type { Group } from '../world/groups.ts'

/** News of a group itself: that it was made, and who came. */
export function tellGroup(
  emulator: Emulator,
  number: BusinessNumber,
  group: Group,
  { field, news }: { field: string; news: Record<string, unknown> },
): void {
  emulator.callbacks.tell({
    wabaId: number.wabaId,
    field,
    entrySeconds: undefined,
    content: {
      kind: 'number',
      phoneNumberId: number.id,
      displayPhone: number.phone,
      list: 'groups',
      item: { timestamp: String(epochSeconds(Date.now())), group_id: group.id, ...news },
      contact: undefined,
    },
  })
}
