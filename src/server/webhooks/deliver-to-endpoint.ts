import type { Ctx, Lane } from '../platform/index.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import type { DeliveryDesk, DuePage } from './delivery-desk.ts'
import type { Pace } from './pace.ts'
import { cancelDelivery, type DueDelivery } from './queries-sending.ts'
import { openSecrets } from './secret.ts'

/** Requests at one endpoint at once. It begins with two, gains one with each success and falls to one at a failure. */
const slotsMax = 8
const slotsAtFirst = 2
/** Rows read at once: few until the receiver has shown that it is there, since a dead one's are read in vain. */
const pageSize = 100
const pageSizeAtFirst = 10
/** Attempted, but not yet on disk: what a crash would send again. */
const unwrittenMax = 200

export interface DeliveryTools {
  desk: DeliveryDesk
  pace: Pace
}

/** Delivers what is due at one endpoint until nothing is; a receiver that takes its time holds up its own lane only. */
export async function deliverToEndpoint(ctx: Ctx, lane: Lane, tools: DeliveryTools): Promise<void> {
  const run = startRun(ctx, lane, tools)
  let page = await run.readNext([])
  while (page !== null && run.mayGoOn()) {
    if (run.isOutdated(page)) {
      page = await run.readNext([])
    } else if (page.deliveries.length > 0 && run.hasSucceeded()) {
      // The page after is read while this one goes out; it is awaited below, so a failure must not end the process here.
      const ahead = run.readNext(page.deliveries.map(({ id }) => id))
      ahead.catch(() => undefined)
      await run.attemptAll(page)
      page = await ahead
    } else {
      if (page.deliveries.length === 0 && run.isIdle()) break
      // The first answers, or that of a probe, decide for all. And what was in hand may have made way: for the next of a
      // contact, for a retry due by now.
      await run.attemptAll(page)
      await run.settle()
      page = await run.readNext([])
    }
  }
  await run.settle()
}

function startRun(ctx: Ctx, lane: Lane, { desk, pace }: DeliveryTools) {
  const inHand = new Set<string>()
  let requests = 0
  let slots = slotsAtFirst
  let hasSucceeded = false
  let hasEnded = false
  let failure: unknown = null
  let onChange: () => void = () => undefined

  let revision = 0
  /** Read before somebody changed the endpoint: its address, its secret, or what is to be sent at all. */
  const isOutdated = ({ endpoint }: DuePage) => endpoint.revision < revision
  const mayGoOn = () => !hasEnded && lane.isValid() && !ctx.stopping.aborted
  const change = () =>
    new Promise<void>((resolve) => {
      onChange = resolve
    })

  async function attempt(page: DuePage, delivery: DueDelivery, secrets: readonly string[]): Promise<void> {
    const { endpoint } = page
    const { body } = delivery
    if (body === null) return cancelDelivery(ctx.db.worker, delivery)
    requests += 1
    const done = await attemptDelivery(ctx, { endpoint, secrets, delivery, body })
    requests -= 1
    const isDelivered = done.written.state === 'delivered'
    hasSucceeded ||= isDelivered
    // Gone for good: the next must not go out while this is written down.
    hasEnded ||= done.gone !== null
    slots = isDelivered ? Math.min(slots + 1, slotsMax) : 1
    onChange()
    const health = await desk.record(done)
    if (health === null || !health.enabled || health.isResting) hasEnded = true
    revision = Math.max(revision, health?.revision ?? 0)
  }

  function begin(page: DuePage, delivery: DueDelivery, secrets: readonly string[]): void {
    inHand.add(delivery.id)
    attempt(page, delivery, secrets)
      .catch((error: unknown) => {
        failure = error
        hasEnded = true
      })
      .finally(() => {
        inHand.delete(delivery.id)
        onChange()
      })
  }

  return {
    mayGoOn,
    isOutdated,
    hasSucceeded: () => hasSucceeded,
    isIdle: () => inHand.size === 0,
    readNext: async (except: readonly string[]): Promise<DuePage | null> => {
      const page = await desk.read({
        endpointId: lane.key,
        except: [...inHand, ...except],
        limit: hasSucceeded ? pageSize : pageSizeAtFirst,
      })
      if (page === null || page.endpoint.circuit === 'resting') return null
      // One probe says enough; the others wait without using up an attempt.
      return page.endpoint.circuit === 'probing' ? { ...page, deliveries: page.deliveries.slice(0, 1) } : page
    },
    attemptAll: async (page: DuePage): Promise<void> => {
      const secrets = openSecrets(ctx, page.endpoint)
      if (page.endpoint.failures_in_a_row > 0) slots = Math.min(slots, 1)
      for (const delivery of page.deliveries) {
        while (mayGoOn() && (requests >= slots || inHand.size >= unwrittenMax)) await change()
        if (isOutdated(page)) return
        await pace.wait(page.endpoint, lane.signal)
        if (!mayGoOn()) return
        begin(page, delivery, secrets)
      }
    },
    settle: async (): Promise<void> => {
      while (inHand.size > 0) await change()
      if (failure !== null) throw failure
    },
  }
}
