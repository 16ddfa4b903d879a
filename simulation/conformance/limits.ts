import { anyLane, nothing, type Operation, someClaimed, type Weighted } from './operation.ts'

const stopReasons = ['too_fast', 'asked_to_wait', 'no_clear_answers', 'unreachable'] as const

const keepStop: Operation = async (pair, chance, past) => {
  const lane = anyLane(pair, chance, past)
  const stop = {
    reason: chance.pick(stopReasons),
    since_ms: -chance.whole(0, 9_000),
    left_ms: chance.whole(-9_000, 60_000),
  }
  const told = chance.number() < 0.2 ? null : stop
  await pair.store.keepStop(lane, pair.number, told)
  pair.model.keepStop(lane, pair.number.numberId, told)
  return nothing
}

const keepCrowdedPairs: Operation = async (pair, chance, past) => {
  const lane = anyLane(pair, chance, past)
  const pairs = someClaimed(chance, past).map(({ contact_id }) => ({
    contact_id,
    free_in_ms: chance.whole(0, 270_000),
  }))
  await pair.store.keepCrowdedPairs(lane, pair.number, pairs)
  pair.model.keepCrowdedPairs(lane, pair.number.numberId, pairs)
  return nothing
}

/** A status says of some messages that their number was too fast. */
const tellTooFast: Operation = async (pair, chance) => {
  const { workspaceId, numberId } = pair.number
  const messages = chance.whole(1, 9)
  await pair.change(
    `insert into slow_downs as s (workspace_id, number_id, too_fast_told) values ($1, $2, $3)
     on conflict (workspace_id, number_id) do update set too_fast_told = s.too_fast_told + $3`,
    [workspaceId, numberId, messages],
    () => {
      const { toldTooFast } = pair.model.tables
      toldTooFast.set(numberId, (toldTooFast.get(numberId) ?? 0) + messages)
    },
  )
  return nothing
}

export const limits: readonly Weighted[] = [
  ['keep a stop', 1, keepStop],
  ['keep crowded pairs', 1, keepCrowdedPairs],
  ['tell of too high a speed', 1, tellTooFast],
]
