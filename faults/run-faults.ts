import { setTimeout as delay } from 'node:timers/promises'
import { Chance } from './chance.ts'
import { checkCounts, checkEvents, checkStatuses } from './checks/check-facts.ts'
import { checkEpochs, checkPace, checkPauses, explainPace, type WorstSecond } from './checks/check-lanes.ts'
import { checkReplay } from './checks/check-replay.ts'
import { checkBeliefs, checkDoubles, checkPromises } from './checks/check-sending.ts'
import { gatherEvidence } from './checks/evidence.ts'
import { openLines } from './lines.ts'
import { type Load, startLoad } from './load.ts'
import { type Fault, startNemesis } from './nemesis.ts'
import type { Options } from './options.ts'
import { usualTrouble } from './provider.ts'
import { type Quiet, quiesce } from './quiesce.ts'
import { openStage, type Stage } from './stage.ts'
import { countFaults, type FaultCounts, takeovers } from './summarize-faults.ts'
import { type LeaseWatch, watchLeases } from './watch-leases.ts'

export interface Result extends FaultCounts {
  seed: number
  minutes: number
  messages: number
  lostAnswers: number
  doubled: number
  lost: number
  unknownLeft: number
  takeoversMs: number[]
  worst: WorstSecond
  /** Empty: every invariant held. */
  violations: string[]
  faults: readonly Fault[]
}

/** Sends lists through hubs that are killed, frozen and cut off, and then compares what everybody remembers. */
export async function runFaults(options: Options, say: (line: string) => void): Promise<Result> {
  const { seed, hubCount, messagesMax } = options
  const stage = await openStage({ seed, hubCount })
  try {
    const chance = new Chance(seed)
    const lines = await openLines(stage)
    await openEndpoint(stage)
    const leases = watchLeases(stage.database)
    await stage.provider.set(usualTrouble)
    const load = startLoad(stage, lines, { chance: chance.branch('load'), messagesMax })
    const nemesis = startNemesis(stage, load, chance.branch('nemesis'))
    await reportWhile(stage, nemesis.faults, options, say)
    await nemesis.stop()
    await load.stop()
    say('quiet now: waiting until nothing moves')
    const quiet = await quiesce(stage)
    await leases.stop()
    say('checking')
    return await check(stage, { options, load, faults: nemesis.faults, leases, quiet })
  } finally {
    await stage.close()
  }
}

async function openEndpoint({ api, customer }: Stage): Promise<void> {
  const { status, body } = await api.send<{ secret: string }>('POST', '/api/v1/webhook-endpoints', {
    destination_url: customer.url,
    events: ['message.sent', 'message.failed', 'list.finished'],
    name: 'Customer',
  })
  if (status !== 201) throw new Error(`No endpoint was made: ${status} ${JSON.stringify(body)}`)
  customer.setSecret(body.secret)
}

async function reportWhile(
  { provider }: Stage,
  faults: readonly Fault[],
  { minutes, atLeast }: Options,
  say: (line: string) => void,
): Promise<void> {
  const endsAtMs = Date.now() + minutes * 60_000
  const latestMs = Date.now() + minutes * 60_000 * 5
  for (let isEnough = false; Date.now() < (isEnough ? endsAtMs : latestMs); ) {
    await delay(Math.min(10_000, Math.max(500, endsAtMs - Date.now())))
    const accepted = await provider.acceptedCount()
    const left = Math.max(0, Math.round((endsAtMs - Date.now()) / 1_000))
    say(`${accepted} accepted, ${faults.length} faults, ${left} s left`)
    isEnough =
      atLeast === undefined ||
      (accepted >= atLeast.accepted &&
        atLeast.kinds.every((kind) => faults.some((fault) => fault.kind === kind)))
  }
}

interface Run {
  options: Options
  load: Load
  faults: readonly Fault[]
  leases: LeaseWatch
  quiet: Quiet
}

async function check(stage: Stage, { options, load, faults, leases, quiet }: Run): Promise<Result> {
  const { history, lines } = load
  const evidence = await gatherEvidence(stage)
  const doubles = checkDoubles(evidence)
  const beliefs = checkBeliefs(evidence)
  const pace = checkPace(evidence, lines)
  const violations = [
    ...history.complaints,
    ...quiet.complaints,
    ...(await checkPromises(stage, evidence, history)),
    ...doubles.complaints,
    ...beliefs.complaints,
    ...(await checkStatuses(stage, evidence)),
    ...(await checkEvents(stage)),
    ...(await checkCounts(stage)),
    ...(await explainPace(stage, pace.over)),
    ...(await checkPauses(stage, evidence, { pauses: history.pauses, faults })),
    ...(await checkEpochs(stage)),
    ...leases.disorders().map((disorder) => `I10 ${disorder}`),
    ...(await checkReplay(stage)),
  ]
  return {
    seed: options.seed,
    minutes: options.minutes,
    messages: evidence.messages.size,
    ...countFaults(faults, options.hubCount),
    lostAnswers: evidence.ledger.filter(({ answered }) => answered !== 'answered').length,
    doubled: doubles.doubled,
    lost: beliefs.lost,
    unknownLeft: quiet.unknownLeft,
    takeoversMs: takeovers(faults, leases, options.hubCount),
    worst: pace.worst,
    violations,
    faults,
  }
}
