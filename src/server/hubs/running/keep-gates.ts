import type { Ctx } from '../../platform/index.ts'
import { wakeLane } from '../../sending/index.ts'
import { type Gate, gateOf, type ListRow } from '../lists/list.ts'
import { lockList } from '../lists/queries.ts'
import { openGate } from '../lists/set-gate.ts'

/** The gate of each running list as this worker last wrote it. */
export type KnownGates = Map<string, { gate: Gate; version: number }>

/** A gate that is open this much longer needs no new row. */
const renewBeforeMs = 30 * 60_000

/** Opens and shuts gates as the clock, the hub and the number say; writes only what changed. */
export async function keepGates(ctx: Ctx, lists: readonly ListRow[], known: KnownGates): Promise<void> {
  const running = new Set(lists.map((list) => list.id))
  for (const id of known.keys()) if (!running.has(id)) known.delete(id)
  for (const list of lists) {
    const now = ctx.clock.now()
    const before = known.get(list.id)
    const gate = gateOf(list, now)
    if (before?.version === list.version && !hasChanged(before.gate, gate, now)) continue
    const written = await ctx.db.asWorker(async (tx) => {
      const current = await lockList(tx, list.workspace_id, list.id)
      return current?.state === 'running' ? openGate(tx, list.workspace_id, { list: current, now }) : null
    })
    if (!written) continue
    known.set(list.id, { gate: written, version: list.version })
    if (before) ctx.live.changed(list.workspace_id, { topic: 'list', id: list.id })
    if (written.open) wakeLane(ctx, list.number_id)
  }
}

function hasChanged(before: Gate, now: Gate, at: Date): boolean {
  if (before.open && now.open) {
    const isShorter = now.sendsUntil < before.sendsUntil
    return (
      isShorter ||
      (now.sendsUntil > before.sendsUntil && before.sendsUntil.getTime() - at.getTime() < renewBeforeMs)
    )
  }
  if (!before.open && !now.open) {
    return before.reason !== now.reason || before.until?.getTime() !== now.until?.getTime()
  }
  return true
}
