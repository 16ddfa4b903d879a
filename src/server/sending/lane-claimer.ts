import { type Claim, tellLive } from '../messages/index.ts'
import type { Lane } from '../platform/index.ts'
import type { LaneCtx } from './lane-ctx.ts'
import type { LaneSender } from './lane-sender.ts'
import { ListRota } from './list-rota.ts'
import type { LaneNumber } from './run-number-lane.ts'
import { doubtMs, type UnwrittenIntents } from './unwritten-intents.ts'

/** A lane without work is kept this long, so that a conversation need not take the lease anew for each message. */
const lingerMs = 5_000
const connectionEveryMs = 1_000
/** A reply waits at most this long for the lane to look, while lists keep it busy. */
const outlookEveryMs = 100
const doubtEveryMs = 1_000
const touchEveryMs = 5_000

export interface LaneClaimerOptions {
  ctx: LaneCtx
  lane: Lane
  number: LaneNumber
  sender: LaneSender
  unwritten: UnwrittenIntents
}

/** Fetches work for one lane: replies and API messages at every turn, lists as far as there is room. */
export class LaneClaimer {
  readonly #options: LaneClaimerOptions
  readonly #rota = new ListRota()
  readonly #done = new Map<string, number>()
  #activeAtMs: number
  #hasDirect = false
  #doubtEndsAtMs = Number.NEGATIVE_INFINITY

  constructor(options: LaneClaimerOptions) {
    this.#options = options
    this.#activeAtMs = this.#nowMs()
  }

  get hasLingered(): boolean {
    return this.#options.sender.isIdle && this.#nowMs() - this.#activeAtMs > lingerMs
  }

  /** How soon it is worth asking again without a signal. */
  get msUntilOutlook(): number {
    return Math.max(1, outlookEveryMs - (this.#nowMs() - (this.#done.get('outlook') ?? 0)))
  }

  /** How many messages left the queue; 0 when nothing is due, or there is no room, or the claim failed. */
  async claimMore(): Promise<number> {
    const { ctx, lane, number, sender, unwritten } = this.#options
    const wishedAtMs = this.#nowMs()
    await this.#every('connection', connectionEveryMs, async () => {
      sender.setConnection(await ctx.store.connection(number))
    })
    try {
      if (this.#hasDoubt) await this.#every('doubt', doubtEveryMs, () => unwritten.resolveDoubt(lane))
      await this.#every('outlook', outlookEveryMs, async () => {
        const { has_direct, gates, inbound_per_second } = await ctx.store.outlook(number.numberId)
        sender.setInbound(inbound_per_second)
        this.#hasDirect = has_direct
        this.#rota.setGates(gates)
      })
      if (sender.msStopped > 0) {
        // Who holds the lane knows how long the provider wants to be left alone; another process would not.
        this.#activeAtMs = this.#nowMs()
        return 0
      }
      return (this.#hasDirect ? await this.#claimDirect() : 0) + (await this.#claimOfList(wishedAtMs))
    } catch (error) {
      // The claim may have been committed all the same: what we did not hear of is never sent, and given back.
      this.#doubtEndsAtMs = this.#nowMs() + doubtMs
      ctx.log.warn({ error, number_id: number.numberId, epoch: lane.epoch }, 'claim failed')
      return 0
    }
  }

  /** To be called after the last claim. */
  close(): void {
    const { lane, unwritten } = this.#options
    if (this.#hasDoubt) unwritten.inheritDoubt(lane, this.#doubtEndsAtMs)
  }

  get #hasDoubt(): boolean {
    return this.#nowMs() < this.#doubtEndsAtMs
  }

  async #claimDirect(): Promise<number> {
    const { ctx, lane, sender } = this.#options
    const asked = sender.directRoom
    if (asked === 0) return 0
    const startedMs = this.#nowMs()
    this.#hasDirect = false
    const got = this.#take(await ctx.store.claimDirect(lane, asked), startedMs)
    this.#hasDirect = got >= asked
    return got
  }

  async #claimOfList(wishedAtMs: number): Promise<number> {
    const { ctx, lane, sender } = this.#options
    const asked = sender.bulkRoom
    const turn = asked === 0 ? null : this.#rota.next(this.#nowMs())
    if (turn === null) return 0
    const startedMs = this.#nowMs()
    const claim = await ctx.store.claimOfList(lane, turn, asked)
    const nowMs = this.#nowMs()
    const got = this.#take(claim, startedMs)
    sender.claimed(nowMs - wishedAtMs)
    this.#rota.claimed(turn.list_id, { asked, got, lastId: claim.last_id, tookMs: nowMs - startedMs }, nowMs)
    return got
  }

  #take(claim: Claim, askedAtMs: number): number {
    const { ctx, number, sender } = this.#options
    const skipped = claim.skipped.map(({ id, list_id }) => ({ message_id: id, list_id }))
    if (skipped.length > 0) tellLive(ctx.live, number.workspaceId, skipped)
    if (claim.intents.length > 0) {
      sender.add(claim.intents, askedAtMs)
      this.#touch()
    }
    const count = claim.intents.length + skipped.length
    if (count > 0) this.#activeAtMs = this.#nowMs()
    return count
  }

  #touch(): void {
    const { ctx, number } = this.#options
    this.#every('touch', touchEveryMs, () => ctx.store.noteTraffic(number, ctx.clock.now())).catch(
      (error: unknown) => ctx.log.warn({ error, number_id: number.numberId }, 'last traffic not noted'),
    )
  }

  async #every(what: string, everyMs: number, work: () => Promise<void>): Promise<void> {
    const nowMs = this.#nowMs()
    if (nowMs - (this.#done.get(what) ?? Number.NEGATIVE_INFINITY) < everyMs) return
    this.#done.set(what, nowMs)
    await work()
  }

  #nowMs(): number {
    return this.#options.ctx.clock.monotonicMs()
  }
}
