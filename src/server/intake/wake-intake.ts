import type { Wake } from '../platform/index.ts'

/** Rouses the search for partitions with work. */
export const searchTopic = 'intake'

export function partitionTopic(partition: number): string {
  return `intake:${partition}`
}

/** Webhooks were committed. Workers of other processes see them at their next look, within 250 ms. */
export function wakeIntake(wake: Wake, partitions: Iterable<number>): void {
  for (const partition of new Set(partitions)) wake.signal(partitionTopic(partition))
  wake.signal(searchTopic)
}
