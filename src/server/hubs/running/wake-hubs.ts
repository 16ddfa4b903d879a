import type { Ctx } from '../../platform/index.ts'

/** Topics of the two loops of the worker; the first is also signalled by rooms below. */
export const wakeTopics = { keep: 'hubs', expand: 'hubs.expand' } as const

/** Makes the worker of this process look at once; it would by itself within a second. */
export function wakeHubs(ctx: Pick<Ctx, 'wake'>): void {
  ctx.wake.signal(wakeTopics.keep)
  ctx.wake.signal(wakeTopics.expand)
}
