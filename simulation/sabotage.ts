import type { Claim } from '../src/server/messages/index.ts'
import type { Lane } from '../src/server/platform/index.ts'
import { Arrivals } from '../src/server/sending/arrivals.ts'
import type { LaneCtx } from '../src/server/sending/lane-ctx.ts'
import type { LaneStore } from '../src/server/sending/lane-store.ts'
import type { Sabotage, Stage } from './hubs.ts'

/** Ways to break the design, each of which the simulation has to notice; what stays unnoticed is not proven. */
export const sabotages: Readonly<Record<string, Sabotage>> = {
  'the intent is committed after the send': {
    ofProcess: (ctx, { model, world }, process) => {
      const committedLate = async (claiming: Promise<Claim>) => {
        const claim = await claiming
        world.in(300, () => {
          if (!process.isAlive) rollBack(model, claim)
        })
        return claim
      }
      return withStore(ctx, {
        claimDirect: (lane, limit) => committedLate(ctx.store.claimDirect(lane, limit)),
        claimOfList: (lane, from, limit) => committedLate(ctx.store.claimOfList(lane, from, limit)),
      })
    },
  },
  'a claim does not look at its lease': {
    ofModel: (model) => {
      const direct = model.claimDirect.bind(model)
      const ofList = model.claimOfList.bind(model)
      model.claimDirect = (lane, limit) => asHolder(model, lane, () => direct(lane, limit))
      model.claimOfList = (lane, from, limit) => asHolder(model, lane, () => ofList(lane, from, limit))
    },
  },
  'a lease is believed in without being renewed': {
    ofProcess: (ctx) => ({
      ...ctx,
      leases: {
        ...ctx.leases,
        renew: async (_kind, _owner, leases) => new Set(leases.map(({ key }) => key)),
      },
    }),
  },
  'an unknown outcome goes back to the queue at once': {
    ofProcess: (ctx, { model, world }) =>
      withStore(ctx, {
        markStale: async () => {
          for (const row of model.tables.messages.values()) {
            if (row.state !== 'unknown') continue
            row.state = 'queued'
            model.tables.queue.set(row.id, world.nowMs)
          }
          return 0
        },
      }),
  },
  'a request without an answer is repeated': {
    ofProcess: (ctx) => ({
      ...ctx,
      channel: {
        send: async (connection, outgoing, options) => {
          const first = await ctx.channel.send(connection, outgoing, options)
          return first.kind === 'unknown' ? ctx.channel.send(connection, outgoing, options) : first
        },
      },
    }),
  },
  'an outcome is forgotten when it could not be written': {
    ofProcess: (ctx) =>
      withStore(ctx, {
        record: (outcomes) => ctx.store.record(outcomes).catch(() => undefined),
        markStale: async () => 0,
      }),
  },
  'what was claimed is given back although it was heard of': {
    ofProcess: (ctx) =>
      withStore(ctx, {
        releaseUnheard: (lane, { before }) => ctx.store.releaseUnheard(lane, { heardOfIds: [], before }),
      }),
  },
  'what was claimed since is given back as well': {
    ofProcess: (ctx) =>
      withStore(ctx, {
        releaseUnheard: (lane, { heardOfIds }) =>
          ctx.store.releaseUnheard(lane, { heardOfIds, before: new Date(8.64e15) }),
      }),
  },
  'a claim does not look at the gate of its list': {
    ofProcess: (ctx, { model }) =>
      withStore(ctx, {
        outlook: async (numberId) => {
          const gates = [...model.tables.gates.values()].filter((gate) => gate.number_id === numberId)
          return {
            has_direct: true,
            gates: gates.map(({ list_id, weight }) => ({ list_id, weight })),
            inbound_per_second: 0,
          }
        },
        claimOfList: async (lane, from, limit) => {
          const gate = model.tables.gates.get(from.list_id)
          const was = gate?.sends_until ?? null
          if (gate) gate.sends_until = Number.POSITIVE_INFINITY
          const claimed = model.claimOfList(lane, from, limit)
          if (gate) gate.sends_until = was
          return claimed
        },
      }),
  },
  'a claim asks nobody for a place within the daily limit': {
    ofModel: (model) => {
      const direct = model.claimDirect.bind(model)
      const ofList = model.claimOfList.bind(model)
      model.claimDirect = (lane, limit) => withoutLimit(model, () => direct(lane, limit))
      model.claimOfList = (lane, from, limit) => withoutLimit(model, () => ofList(lane, from, limit))
    },
  },
  'a number may send faster than the provider allows': {
    ofProcess: (ctx) =>
      withStore(ctx, {
        connection: async (number) => {
          const to = await ctx.store.connection(number)
          const allowed = to.number.pace_limit_per_second * 1.3
          return { ...to, number: { ...to.number, pace_limit_per_second: allowed } }
        },
      }),
  },
  'only what leaves is counted, not what arrives': {
    ofCode: () => {
      const { countAt } = Arrivals.prototype
      Arrivals.prototype.countAt = () => 0
      return () => {
        Arrivals.prototype.countAt = countAt
      }
    },
  },
  'a callback counts for less than what was believed': {
    ofProcess: (ctx, { model }) =>
      withStore(ctx, {
        expireUnknowns: async () => {
          let ended = 0
          for (const row of model.tables.messages.values()) {
            if (row.state !== 'accepted' || row.resolution !== 'callback') continue
            row.state = 'held'
            ended += 1
          }
          return ended + (await ctx.store.expireUnknowns())
        },
      }),
  },
}

function withStore(ctx: LaneCtx, broken: Partial<LaneStore>): LaneCtx {
  return { ...ctx, store: { ...ctx.store, ...broken } }
}

function withoutLimit({ tables: { portfolio } }: Stage['model'], claim: () => Claim): Claim {
  const was = portfolio.limit
  portfolio.limit = null
  const claimed = claim()
  portfolio.limit = was
  return claimed
}

function asHolder(model: Stage['model'], lane: Lane, claim: () => Claim): Claim {
  const was = model.tables.leases.get(lane.key)
  model.tables.leases.set(lane.key, { owner: lane.owner, epoch: lane.epoch, until: Number.POSITIVE_INFINITY })
  const claimed = claim()
  if (was) model.tables.leases.set(lane.key, was)
  return claimed
}

/** As if the transaction of a claim had been open until its process died. */
function rollBack({ tables }: Stage['model'], { intents }: Claim): void {
  for (const { id, attempt } of intents) {
    const row = tables.messages.get(id)
    if (row?.attempt !== attempt || row.state !== 'intent') continue
    tables.attempts.get(id)?.pop()
    row.attempt -= 1
    row.state = 'queued'
    tables.queue.set(id, row.next_at)
  }
}
