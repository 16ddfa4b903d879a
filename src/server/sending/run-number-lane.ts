import type { NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Lane } from '../platform/index.ts'
import { LaneClaimer } from './lane-claimer.ts'
import type { LaneCtx } from './lane-ctx.ts'
import { type LaneParts, LaneSender } from './lane-sender.ts'
import { LimitKeeper } from './limit-keeper.ts'
import { laneTopic } from './wake-lane.ts'

export interface LaneNumber {
  workspaceId: WorkspaceId
  numberId: NumberId
}

/** How soon a reply committed by another process is seen. */
const lookEveryMs = 150
/** While the provider wants to be left alone. */
const stoppedLookEveryMs = 1_000
/** After the number's credentials could not be opened or it was just disconnected. */
const brokenPauseMs = 10_000

/** One number's way out, for as long as the lane is ours and there is something to send. */
export async function runNumberLane(
  ctx: LaneCtx,
  lane: Lane,
  number: LaneNumber,
  parts: LaneParts,
): Promise<void> {
  const to = await ctx.store.connection(number).catch((error: unknown) => {
    parts.slowDown.stop('unreachable', brokenPauseMs, ctx.clock.monotonicMs())
    throw error
  })
  const topic = laneTopic(number.numberId)
  const onRoom = () => ctx.wake.signal(topic)
  const sender = new LaneSender({ ctx, lane, numberId: number.numberId, to, parts, onRoom })
  const claimer = new LaneClaimer({ ctx, lane, number, sender, unwritten: parts.unwritten })
  const keeper = new LimitKeeper({ ctx, lane, number, slowDown: parts.slowDown, pairs: parts.pairs })
  try {
    while (!lane.signal.aborted && lane.isValid() && !claimer.hasLingered) {
      const claimed = (await keeper.tend()) ? await claimer.claimMore() : 0
      if (claimed > 0) continue
      if (sender.msStopped > 0) {
        await ctx.clock.sleep(Math.min(stoppedLookEveryMs, sender.msStopped), lane.signal)
        continue
      }
      // Room in the buffer is told by a signal and must not be slept over: what is there lasts for one claim only.
      const waitMs = sender.bulkRoom === 0 ? Math.min(lookEveryMs, claimer.msUntilOutlook) : lookEveryMs
      await ctx.wake.wait(topic, waitMs, lane.signal)
    }
  } finally {
    claimer.close()
    await sender.close()
    await keeper.leave()
  }
}
