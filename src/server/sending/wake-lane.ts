import type { Wake } from '../platform/index.ts'

/** Rouses the search for lanes with something to send. */
export const searchTopic = 'sending'

export function laneTopic(numberId: string): string {
  return `lane:${numberId}`
}

/** Something for this number was committed. Lanes of other processes see it at their next look, within 250 ms. */
export function wakeLane({ wake }: { wake: Wake }, numberId: string): void {
  wake.signal(laneTopic(numberId))
  wake.signal(searchTopic)
}
