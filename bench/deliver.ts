import { type BenchHub, openHub } from './deliver/hub.ts'
import { type Receiver, startReceiver } from './deliver/receiver.ts'
import { startProcess } from './send/processes.ts'

// How many deliveries a second reach fast endpoints, beside a bare loop on the HTTP client and beside a plain job queue
// on the same PostgreSQL; and what it costs the healthy ones when half of a thousand endpoints are dead. All take turns,
// since the machine's own speed wanders.
const ports = { fast: 41_800, hanging: 41_801, nobody: 41_802, hub: 41_803 }
const endpoints = 100
/** `neighbours` as the first argument leaves the comparison with the others out. */
const isOnlyNeighbours = process.argv[2] === 'neighbours'
const [deliveriesAsked = '30000', roundsAsked = '3'] = process.argv.slice(isOnlyNeighbours ? 3 : 2)
const deliveries = Number(deliveriesAsked)
const rounds = Number(roundsAsked)
const healthyEndpoints = 500
const deadEndpoints = 500
/** Each dead endpoint has work waiting, and has been dead for this long. */
const deadBacklog = 20
const deadForMs = 20_000

async function main(): Promise<void> {
  const receiver = await startReceiver(ports)
  const hub = await openHub(ports)
  try {
    const speed = isOnlyNeighbours ? {} : await measureSpeed(hub, receiver)
    const neighbours = await measureNeighbours(hub, receiver)
    console.log(
      JSON.stringify({
        bench: 'deliver',
        ...speed,
        healthy_alone_rate: Math.round(neighbours.alone),
        healthy_beside_dead_rate: Math.round(neighbours.beside),
        lost_to_dead: share(1 - neighbours.kept),
        deliveries_per_round: deliveries,
        rounds,
      }),
    )
  } finally {
    await hub.close()
    receiver.close()
  }
}

async function measureSpeed(hub: BenchHub, receiver: Receiver) {
  const seen = { ours: [] as number[], bare: [] as number[], queue: [] as number[] }
  for (let n = 0; n < rounds; n += 1) {
    seen.bare.push(await runScript(hub, receiver, 'bare-loop'))
    seen.queue.push(await runScript(hub, receiver, 'plain-queue'))
    seen.ours.push(await runHub(hub, receiver, fastUrls(endpoints)))
    console.log(
      `bare loop ${last(seen.bare)}/s, plain queue ${last(seen.queue)}/s, the hub ${last(seen.ours)}/s`,
    )
  }
  return {
    rate: Math.round(middle(seen.ours)),
    bare_loop_rate: Math.round(middle(seen.bare)),
    plain_queue_rate: Math.round(middle(seen.queue)),
    ratio_to_bare_loop: share(middleShare(seen.ours, seen.bare)),
    ratio_to_plain_queue: share(middleShare(seen.ours, seen.queue)),
  }
}

async function measureNeighbours(hub: BenchHub, receiver: Receiver) {
  const seen = { alone: [] as number[], beside: [] as number[] }
  const dead = Array.from({ length: deadEndpoints }, (_, n) =>
    n % 2 === 0 ? `http://127.0.0.1:${ports.hanging}/${n}` : `http://127.0.0.1:${ports.nobody}/${n}`,
  )
  for (let n = 0; n < rounds; n += 1) {
    const healthy = fastUrls(healthyEndpoints)
    seen.alone.push(await runHub(hub, receiver, healthy))
    seen.beside.push(await runHub(hub, receiver, healthy, dead))
    console.log(
      `${healthyEndpoints} healthy endpoints ${last(seen.alone)}/s alone, ${last(seen.beside)}/s beside as many dead`,
    )
  }
  return {
    alone: middle(seen.alone),
    beside: middle(seen.beside),
    kept: middleShare(seen.beside, seen.alone),
  }
}

async function runScript(hub: BenchHub, receiver: Receiver, name: string): Promise<number> {
  receiver.reset()
  const args = [`bench/deliver/${name}.ts`, String(ports.fast), String(deliveries), String(endpoints)]
  const contestant = await startProcess(args, hub.environment)
  const { rate } = await receiver.arrivals(deliveries)
  await contestant.stop()
  return rate
}

async function runHub(
  hub: BenchHub,
  receiver: Receiver,
  healthy: readonly string[],
  dead: readonly string[] = [],
): Promise<number> {
  receiver.reset()
  await hub.clear()
  await hub.add(dead, dead.length > 0 ? deadBacklog : 0)
  const worker = await hub.startWorker()
  if (dead.length > 0) await new Promise((resolve) => setTimeout(resolve, deadForMs))
  const events = Math.ceil(deliveries / healthy.length)
  await hub.add(healthy, events)
  const { rate } = await receiver.arrivals(events * healthy.length)
  for (let tries = 0; (await hub.unrecorded()) > 0; tries += 1) {
    if (tries > 100) throw new Error('Deliveries that came are not written down as delivered.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const { count } = await receiver.arrivals(events * healthy.length)
  if (count !== events * healthy.length) throw new Error('A delivery came twice.')
  await worker.stop()
  return rate
}

function fastUrls(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `http://127.0.0.1:${ports.fast}/${n}`)
}

function middle(rates: readonly number[]): number {
  return rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0
}

/** Of each round, then the middle: what is compared was measured side by side. */
function middleShare(rates: readonly number[], ceilings: readonly number[]): number {
  return middle(rates.map((rate, n) => rate / (ceilings[n] ?? rate)))
}

function last(rates: readonly number[]): number {
  return Math.round(rates.at(-1) ?? 0)
}

function share(value: number): number {
  return Number(value.toFixed(3))
}

await main()
