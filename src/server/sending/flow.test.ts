import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SendOutcome } from '../providers/index.ts'
import { Flow, type Going } from './flow.ts'
import { SlowDown } from './slow-down.ts'

function flowOf(limitPerSecond: number, claimsMs: readonly number[]): Flow {
  const flow = new Flow(new SlowDown(0), limitPerSecond, 0)
  for (const tookMs of claimsMs) flow.claimed(tookMs)
  return flow
}

describe('intents claimed ahead', () => {
  it('last for the next claim, and little longer', () => {
    const flow = flowOf(1_000, [10, 10, 10])
    expect(flow.aheadMin).toBe(15)
    expect(flow.aheadMax).toBe(55)
  })

  it('are a handful on a slow number', () => {
    expect(flowOf(80, [10]).aheadMax).toBeLessThanOrEqual(6)
    expect(flowOf(20, [10]).aheadMax).toBeLessThanOrEqual(2)
  })

  it('grow with the time that claims take, and shrink again after it', () => {
    const flow = flowOf(1_000, [30])
    expect(flow.aheadMin).toBe(45)
    for (let claim = 0; claim < 40; claim += 1) flow.claimed(10)
    expect(flow.aheadMin).toBeLessThan(20)
  })

  it('do not grow with a claim that got stuck', () => {
    expect(flowOf(20, [60_000]).aheadMax).toBeLessThanOrEqual(4)
    expect(flowOf(1_000, [60_000]).aheadMax).toBe(100)
  })
})

const accepted: SendOutcome = {
  kind: 'accepted',
  external_id: 'w',
  held: false,
  wa_id: null,
  http_status: 200,
}

interface Way {
  /** Of every request: the fixed part and the most that comes on top, there and back. */
  baseMs: number
  jitterMs: number
  thinkingMs: number
  /** From when on nothing gets through, and how long. */
  jams: readonly { fromMs: number; ms: number }[]
  /** The hub's own process stands still. */
  stalls: readonly { fromMs: number; ms: number }[]
  /** Each request in ten waits so long for a new connection. */
  connectMs?: number
}

/** A number that always has something to send, and when its requests arrive. */
function send(limit: number, way: Way, forMs: number, random: () => number): number[] {
  const flow = new Flow(new SlowDown(0), limit, 0)
  const arrivals: number[] = []
  const answers: (Going & { atMs: number })[] = []
  for (let nowMs = 0; nowMs < forMs; nowMs += 4) {
    const stall = way.stalls.find(({ fromMs, ms }) => nowMs >= fromMs && nowMs < fromMs + ms)
    if (stall !== undefined) nowMs = stall.fromMs + stall.ms
    for (const answer of answers.filter(({ atMs }) => atMs <= nowMs)) flow.ended(accepted, answer, nowMs)
    answers.splice(0, answers.length, ...answers.filter(({ atMs }) => atMs > nowMs))
    while (flow.take(nowMs) === 0) {
      const isNew = way.connectMs !== undefined && random() < 0.1
      const sentAtMs = nowMs + (isNew ? (way.connectMs ?? 0) : 0)
      const there = sentAtMs + way.baseMs + random() * way.jitterMs
      const jam = way.jams.find(({ fromMs, ms }) => there >= fromMs && there < fromMs + ms)
      const arrival = jam === undefined ? there : jam.fromMs + jam.ms
      arrivals.push(arrival)
      const atMs = arrival + way.baseMs + random() * way.jitterMs + random() * way.thinkingMs
      answers.push({ takenAtMs: nowMs, sentAtMs, atMs })
    }
  }
  return arrivals.sort((one, other) => one - other)
}

function worstSecond(timesMs: readonly number[]): number {
  let worst = 0
  let first = 0
  for (const [index, time] of timesMs.entries()) {
    while (time - (timesMs[first] ?? 0) >= 1_000) first += 1
    worst = Math.max(worst, index - first + 1)
  }
  return worst
}

function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

const calm: Way = { baseMs: 0.5, jitterMs: 1, thinkingMs: 0, jams: [], stalls: [] }
const standstills = fc.array(
  fc.record({ fromMs: fc.integer({ min: 0, max: 15_000 }), ms: fc.integer({ min: 5, max: 600 }) }),
  { maxLength: 12 },
)

describe('in no second at the provider', () => {
  it('arrive more than the limit, however requests move together on their way', () => {
    const ways = fc.record({
      baseMs: fc.double({ min: 0.1, max: 40, noNaN: true }),
      jitterMs: fc.integer({ min: 0, max: 30 }),
      thinkingMs: fc.integer({ min: 0, max: 60 }),
      jams: standstills,
      stalls: standstills,
    })
    fc.assert(
      fc.property(fc.constantFrom(1, 5, 20, 80, 300), ways, fc.nat(), (limit, way, seed) => {
        expect(worstSecond(send(limit, way, 16_000, randomOf(seed)))).toBeLessThanOrEqual(limit)
      }),
      { numRuns: 150 },
    )
  })

  it('arrive more than the limit when the fastest of few answers was a slow one', () => {
    const jams = [
      { fromMs: 7_318, ms: 446 },
      { fromMs: 11_767, ms: 374 },
    ]
    const way = { baseMs: 21.428845167160492, jitterMs: 30, thinkingMs: 57, jams, stalls: [] }
    expect(worstSecond(send(1, way, 16_000, randomOf(1_237_617_640)))).toBe(1)
  })

  it('arrive more than the limit when some wait for a new connection to a provider far away', () => {
    const way = { baseMs: 90, jitterMs: 20, thinkingMs: 200, jams: [], stalls: [], connectMs: 350 }
    expect(worstSecond(send(80, way, 40_000, randomOf(1)))).toBeLessThanOrEqual(80)
  })
})

describe('what counts within the second', () => {
  const at = (atMs: number): Going => ({ takenAtMs: atMs, sentAtMs: atMs })

  /** As many as may go at once, each time a little later. */
  function sendUntilFull(flow: Flow, fromMs: number): number[] {
    const sent: number[] = []
    for (let nowMs = fromMs; nowMs < fromMs + 900; nowMs += 5) while (flow.take(nowMs) === 0) sent.push(nowMs)
    return sent
  }

  it('is not what never left this machine', () => {
    const flow = new Flow(new SlowDown(0), 20, 0)
    const sent = sendUntilFull(flow, 1_000)
    const before = sendUntilFull(flow, 2_000).length
    expect(sent.length + before).toBe(20)
    for (const sentAtMs of sent) flow.ended({ kind: 'unsent', reason: 'refused' }, at(sentAtMs), 3_000)
    expect(sendUntilFull(flow, 3_000)).toHaveLength(sent.length)
  })

  it('is measured by a limit that fell since', () => {
    const flow = new Flow(new SlowDown(0), 80, 0)
    const sent = sendUntilFull(flow, 1_000)
    flow.setLimit(20)
    for (const sentAtMs of sent) flow.ended(accepted, at(sentAtMs), 1_901)
    expect(flow.take(1_905)).toBeGreaterThan(0)
    expect(flow.take(2_880)).toBeGreaterThan(0)
    expect(flow.take(2_902)).toBe(0)
  })

  it('holds the next owner back until the last may have arrived a second ago', () => {
    const flow = new Flow(new SlowDown(0), 80, 0)
    expect(flow.msUntilNoneCounts(500)).toBe(0)
    expect(flow.take(1_000)).toBe(0)
    flow.ended(accepted, at(1_000), 1_040)
    expect(flow.msUntilNoneCounts(1_050)).toBe(990)
    expect(flow.msUntilNoneCounts(7_000)).toBe(0)
  })
})

it('a provider that is down is asked with one message at a time, and few are left in doubt', () => {
  const flow = new Flow(new SlowDown(0), 80, 0)
  const down: SendOutcome = { kind: 'unknown', reason: 'http_503', http_status: 503 }
  const untilMs = 600_000
  let [asked, onTheWay, most] = [0, 0, 0]
  for (let nowMs = 0; nowMs < untilMs; nowMs += 10) {
    for (; onTheWay > 0; onTheWay -= 1)
      flow.ended(down, { takenAtMs: nowMs - 10, sentAtMs: nowMs - 10 }, nowMs)
    while (flow.msStopped(nowMs) === 0 && flow.take(nowMs) === 0) onTheWay += 1
    asked += onTheWay
    if (nowMs > 2_000) most = Math.max(most, onTheWay)
  }
  expect(most).toBe(1)
  expect(asked).toBeLessThan(50)
  expect(flow.aheadMax).toBe(1)
  let atMs = untilMs + 40_000
  expect(flow.take(atMs)).toBe(0)
  flow.ended(accepted, { takenAtMs: atMs, sentAtMs: atMs }, atMs + 20)
  atMs += 1_000
  expect([flow.take(atMs), flow.take(atMs)]).toEqual([0, 0])
})

describe('the rate that is left', () => {
  it.each([
    { what: 'answers at once', limit: 80, way: calm, share: 0.98 },
    { what: 'answers at once', limit: 1_000, way: calm, share: 0.98 },
    { what: 'answers in 20 to 50 ms', limit: 80, way: { ...calm, baseMs: 10, thinkingMs: 30 }, share: 0.93 },
    { what: 'is far away', limit: 80, way: { ...calm, baseMs: 90, thinkingMs: 400 }, share: 0.9 },
  ])('of $limit/s is at least $share when the provider $what', ({ limit, way, share }) => {
    const lately = send(limit, way, 40_000, randomOf(1)).filter((atMs) => atMs > 20_000 && atMs <= 40_000)
    expect(lately.length / 20).toBeGreaterThanOrEqual(limit * share)
  })
})
