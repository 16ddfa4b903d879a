import type { FaultyDatabase } from './database.ts'

interface Seen {
  atMs: number
  owner: string | null
  epoch: number
  untilMs: number
  /** Something could be sent: a lane without work is taken by nobody. */
  isDue: boolean
}

/** What the leases of sending lanes looked like over time. */
export interface LeaseWatch {
  /**
   * How long the lanes of a process that was killed at `killedMs` stood still, until another epoch began. Lanes whose
   * owner lived on are left out, and so are those that had nothing to send for a moment meanwhile, and those that nobody
   * took again within `patienceMs`.
   */
  takeoversMs(killedMs: number, patienceMs: number): number[]
  /** Epochs that fell, or came twice with another owner. */
  disorders(): string[]
  stop(): Promise<void>
}

const lookEveryMs = 50

interface LeaseRow {
  key: string
  owner: string | null
  epoch: number
  until_ms: number
  is_due: boolean
}

const leasesNow = `
  select key, owner, epoch,
    case when lease_until = '-infinity' then 0 else extract(epoch from lease_until) * 1000 end::float8 as until_ms,
    exists (
      select from send_queue q where q.number_id = l.key and q.list_id is null and q.next_at <= now())
    or exists (
      select from list_gates g join send_queue q on q.list_id = g.list_id and q.next_at <= now()
      where g.number_id = l.key and g.sends_until > now()) as is_due
  from leases l where kind = 'sending'`

export function watchLeases(database: FaultyDatabase): LeaseWatch {
  const lanes = new Map<string, Seen[]>()
  let isStopping = false

  async function look(): Promise<void> {
    const rows = await database.query<LeaseRow>(leasesNow)
    const atMs = Date.now()
    for (const { key, owner, epoch, until_ms, is_due } of rows) {
      const seen = lanes.get(key) ?? []
      const last = seen.at(-1)
      const isAsBefore =
        last?.owner === owner && last.epoch === epoch && last.untilMs === until_ms && last.isDue === is_due
      if (!isAsBefore) seen.push({ atMs, owner, epoch, untilMs: until_ms, isDue: is_due })
      lanes.set(key, seen)
    }
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      await look()
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
    }
  }

  const running = run()
  return {
    takeoversMs: (killedMs, patienceMs) =>
      [...lanes.values()].flatMap((seen) => takeoverOf(seen, killedMs, patienceMs)),
    disorders: () => [...lanes].flatMap(([key, seen]) => disordersOf(key, seen)),
    stop: async () => {
      isStopping = true
      await running
    },
  }
}

function takeoverOf(seen: readonly Seen[], killedMs: number, patienceMs: number): number[] {
  const held = seen.findLast(({ atMs }) => atMs <= killedMs)
  if (!held?.owner || held.untilMs < killedMs) return []
  const after = seen.filter(({ atMs }) => atMs > killedMs + lookEveryMs * 2)
  const livedOn = after.some(({ owner, epoch }) => owner === held.owner && epoch === held.epoch)
  const next = after.find(({ epoch }) => epoch > held.epoch)
  if (livedOn || next === undefined || next.atMs - killedMs > patienceMs) return []
  const hadNothingToDo = after.some(({ atMs, isDue }) => atMs < next.atMs && !isDue)
  if (hadNothingToDo || !held.isDue) return []
  return [next.atMs - killedMs]
}

function disordersOf(key: string, seen: readonly Seen[]): string[] {
  return seen.flatMap((now, index) => {
    const before = seen[index - 1]
    if (before === undefined || now.epoch > before.epoch) return []
    const isSameOwner = now.owner === before.owner || now.owner === null
    return now.epoch === before.epoch && isSameOwner
      ? []
      : [`lane ${key}: epoch ${now.epoch} of ${now.owner} after ${before.epoch} of ${before.owner}`]
  })
}
