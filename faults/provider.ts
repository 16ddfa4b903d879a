import { type Api, apiOf } from '../rig/api.ts'
import { type Process, startEmulator } from '../rig/processes.ts'

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

export interface Provider {
  process: Process
  control: Api
  set(settings: Record<string, unknown>): Promise<void>
  acceptedCount(): Promise<number>
  /** Everything accepted, in order. */
  ledger(): Promise<Acceptance[]>
  /** Callbacks on their way, and how many were answered 200. */
  callbacks(): Promise<{ pending: number; accepted: number }>
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

export async function openProvider(seed: number): Promise<Provider> {
  const process = await startEmulator()
  const control = apiOf(process.url)
  async function set(settings: Record<string, unknown>): Promise<void> {
    const { status, body } = await control.send('PATCH', '/_control/settings', settings)
    if (status !== 200) throw new Error(`The emulator refuses its settings: ${JSON.stringify(body)}`)
  }
  // It only counts: whether the hub keeps to the limits must not be the emulator's doing.
  await set({ seed, bodies_kept: 0, enforce_throughput: false })
  return {
    process,
    control,
    set,
    acceptedCount: async () =>
      (await control.get<{ accepted: number }>('/_control/ledger?summary=1')).body.accepted,
    ledger: () => readLedger(control),
    callbacks: async () => {
      const { body } = await control.get<{ data: QueueReport[] }>('/_control/callbacks')
      const sum = (of: (queue: QueueReport) => number) => body.data.reduce((n, queue) => n + of(queue), 0)
      return {
        pending: sum((queue) => queue.waiting + queue.retrying + queue.in_flight),
        accepted: sum((queue) => queue.callbacks_accepted),
      }
    },
  }
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
