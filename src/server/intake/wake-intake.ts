import type { Clock, Wake } from '../platform/index.ts'

/** Rouses the search for partitions with work. */
export const searchTopic = 'intake'

export function partitionTopic(partition: number): string {
  return `intake:${partition}`
}

/** Something in these partitions is due. Workers of other processes see it at their next look, within 250 ms. */
export function wakeIntake(wake: Wake, partitions: Iterable<number>): void {
  for (const partition of new Set(partitions)) wake.signal(partitionTopic(partition))
  wake.signal(searchTopic)
}

/** Shorter than a worker keeps an idle partition, so whoever was found by the last search is still there. */
const searchAgainMs = 1_000

/** The same for a stream of commits: under load, a search after each of them would find what is being worked on. */
export function createIntakeWaker({ wake, clock }: { wake: Wake; clock: Clock }) {
  const searchedAtMs = new Map<number, number>()
  return (partitions: Iterable<number>): void => {
    const nowMs = clock.monotonicMs()
    for (const partition of new Set(partitions)) {
      wake.signal(partitionTopic(partition))
      if (nowMs - (searchedAtMs.get(partition) ?? Number.NEGATIVE_INFINITY) < searchAgainMs) continue
      searchedAtMs.set(partition, nowMs)
      wake.signal(searchTopic)
    }
  }
}
