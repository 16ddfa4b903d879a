import { type Api, apiOf } from '../rig/api.ts'
import { freePort, startEmulator } from '../rig/processes.ts'
import { patient } from './patient.ts'

/** One message that the provider accepted. */
export interface Acceptance {
  wamid: string
  phone_number_id: string
  to: string
  accepted_ms: number
  biz_opaque_callback_data: string | null
  state: 'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed'
  answered: 'answered' | 'lost' | 'late'
}

/** What is accepted at the end of such a span may have arrived at any moment of it. */
export interface Standstill {
  fromMs: number
  toMs: number
}

export interface Provider {
  /** The same over its restarts. */
  url: string
  /** Asked again until it answers, as it may be down. */
  control: Api
  /** SIGKILL, and as long as that takes nobody listens. */
  kill(): Promise<void>
  /** At the address of before, with what it kept. */
  start(): Promise<void>
  set(settings: Record<string, unknown>): Promise<void>
  /** SIGSTOP, SIGCONT: bytes still come in, nobody reads them. */
  freeze(): void
  thaw(): void
  /** When it stood still and could not say when what came in came in. */
  standstills(): Promise<Standstill[]>
  acceptedCount(): Promise<number>
  /** Everything accepted, in order. */
  ledger(): Promise<Acceptance[]>
  /** Callbacks on their way, and how many were answered 200, at the least: a kill takes the count of its last moment along. */
  callbacks(): Promise<{ pending: number; accepted: number }>
  close(): Promise<void>
}

/** As bad as it gets on an ordinary day: each answer in twenty is lost, each callback in ten comes twice. */
export const usualTrouble = {
  lost_answer_probability: 0.05,
  reset_probability: 0.01,
  refuse_probability: 0.005,
  throttle_probability: 0.0005,
  hang_probability: 0.001,
  hang_ms: 12_000,
  retry_after_seconds: 0,
  answer_latency_ms: 20,
  answer_jitter_ms: 30,
  duplicate_probability: 0.1,
  disorder_probability: 0.1,
  disorder_by_ms: 1_000,
  late_probability: 0.05,
  late_by_ms: 5_000,
  missing_delivered_probability: 0.1,
}

const calm = Object.fromEntries(
  Object.keys(usualTrouble).map((name) => [name, name === 'hang_ms' || name.endsWith('_by_ms') ? 1_000 : 0]),
)

export const calmProvider: Record<string, unknown> = calm

/** The latest moment at which a status of an accepted message is told, with room for a slow machine. */
export const statusesTakeMs = 10_000

export async function openProvider(seed: number, stateDirectory: string): Promise<Provider> {
  const place = { port: await freePort(), stateDirectory }
  let process = await startEmulator(place)
  const { url } = process
  const control = patient(apiOf(url))
  let acceptedBefore = 0
  const standstillsBefore: Standstill[] = []
  async function set(settings: Record<string, unknown>): Promise<void> {
    const { status, body } = await control.send('PATCH', '/_control/settings', settings)
    if (status !== 200) throw new Error(`The emulator refuses its settings: ${JSON.stringify(body)}`)
  }
  // It only counts: whether the hub keeps to the limits must not be the emulator's doing.
  await set({ seed, bodies_kept: 0, enforce_throughput: false })
  await readStandstills(control)
  return {
    url,
    control,
    set,
    kill: async () => {
      acceptedBefore += (await countCallbacks(control)).accepted
      standstillsBefore.push(...(await readStandstills(control)))
      await process.kill()
    },
    start: async () => {
      process = await startEmulator(place)
      await readStandstills(control)
    },
    freeze: () => void process.child.kill('SIGSTOP'),
    thaw: () => void process.child.kill('SIGCONT'),
    standstills: async () => [...standstillsBefore, ...(await readStandstills(control))],
    // Not the summary: it would keep the emulator from reading what comes in for as long as it takes.
    acceptedCount: async () =>
      (await control.get<{ accepted: number }>('/_control/ledger?limit=1')).body.accepted,
    ledger: () => readLedger(control),
    callbacks: async () => {
      const { pending, accepted } = await countCallbacks(control)
      return { pending, accepted: acceptedBefore + accepted }
    },
    close: () => process.stop(),
  }
}

async function countCallbacks(control: Api): Promise<{ pending: number; accepted: number }> {
  const { body } = await control.get<{ data: QueueReport[] }>('/_control/callbacks')
  const sum = (of: (queue: QueueReport) => number) => body.data.reduce((n, queue) => n + of(queue), 0)
  return {
    pending: sum((queue) => queue.waiting + queue.retrying + queue.in_flight),
    accepted: sum((queue) => queue.callbacks_accepted),
  }
}

/** The first look begins the watch. */
async function readStandstills(control: Api): Promise<Standstill[]> {
  const { body } = await control.get<{ data: { from_ms: number; to_ms: number }[] }>('/_control/standstills')
  return body.data.map(({ from_ms, to_ms }) => ({ fromMs: from_ms, toMs: to_ms }))
}

interface QueueReport {
  waiting: number
  retrying: number
  in_flight: number
  callbacks_accepted: number
}

async function readLedger(control: Api): Promise<Acceptance[]> {
  const all: Acceptance[] = []
  let cursor: string | null = '0'
  while (cursor !== null) {
    const page: { data: Acceptance[]; next_cursor: string | null } = (
      await control.get<{ data: Acceptance[]; next_cursor: string | null }>(
        `/_control/ledger?limit=10000&cursor=${cursor}`,
      )
    ).body
    all.push(...page.data)
    cursor = page.next_cursor
  }
  return all
}
