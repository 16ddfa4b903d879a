import { randomUUID } from 'node:crypto'
import type { Chance } from './chance.ts'
import { type Line, Recipients, startList } from './lines.ts'
import type { Stage } from './stage.ts'

/** What was asked of the hubs and confirmed by them. */
export interface History {
  lists: { id: string; recipients: number }[]
  /** Messages sent through the API: who gets one, and the id that a hub promised. */
  direct: { to: string; messageId: string }[]
  pauses: Pause[]
  /** Whatever a caller was told that should not be. */
  complaints: string[]
}

export interface Pause {
  listId: string
  /** When the pause was confirmed, and when its end was asked for. */
  fromMs: number
  untilMs: number
}

export interface Load {
  history: History
  lines: readonly Line[]
  stop(): Promise<void>
}

/** A list is followed by the next when this much of it is left. */
const refillBelow = 0.35

/** Lists one after the other on each line, and now and then a message through the API, until stopped. */
export function startLoad(
  stage: Stage,
  lines: readonly Line[],
  { chance, messagesMax }: { chance: Chance; messagesMax: number },
): Load {
  const history: History = { lists: [], direct: [], pauses: [], complaints: [] }
  const recipients = new Recipients()
  const stopping = new AbortController()
  let queued = 0

  async function feed(line: Line, draws: Chance): Promise<void> {
    const size = line.limitPerSecond > 100 ? 1_500 : 600
    let turn = 0
    while (!stopping.signal.aborted && queued < messagesMax) {
      const hub = line.hubs[turn++ % line.hubs.length]
      if (hub === undefined) return
      const phones = recipients.take(Math.min(messagesMax - queued, draws.whole(size / 2, size)))
      queued += phones.length
      const id = await startList(stage, hub, phones)
      history.lists.push({ id, recipients: phones.length })
      const enough = phones.length * (1 - refillBelow)
      while (!stopping.signal.aborted && (await settledOf(stage, id)) < enough) await pause(300)
    }
  }

  async function talk(line: Line): Promise<void> {
    while (!stopping.signal.aborted) {
      const [to] = recipients.take(1)
      if (to !== undefined) await sendDirect(stage, line, to, history)
      await pause(400)
    }
  }

  const running = lines
    .flatMap((line, index) => [feed(line, chance.branch(`feed ${index}`)), talk(line)])
    .map(async (work) => {
      try {
        await work
      } catch (error) {
        history.complaints.push(error instanceof Error ? error.message : String(error))
      }
    })
  return {
    history,
    lines,
    stop: async () => {
      stopping.abort()
      await Promise.all(running)
    },
  }
}

/** Asked again with the same key until answered: however often that was, it is one message. */
async function sendDirect({ api }: Stage, line: Line, to: string, history: History): Promise<void> {
  const answer = await api.send<{ id: string }>(
    'POST',
    '/api/v1/messages',
    {
      number_id: line.numberId,
      to,
      type: 'template',
      template: {
        name: 'order_confirmation',
        language: { code: 'en_US' },
        components: [
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'Marta' },
              { type: 'text', text: 'Q-1042' },
            ],
          },
        ],
      },
    },
    { 'idempotency-key': randomUUID() },
  )
  // The first request may still be at it, its connection cut: whether it committed shows in the ledger of recipients.
  if (answer.status < 300) history.direct.push({ to, messageId: answer.body.id })
  else if (answer.status !== 409)
    history.complaints.push(
      `POST /messages was refused with ${answer.status}: ${JSON.stringify(answer.body)}`,
    )
}

async function settledOf({ database }: Stage, listId: string): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    `select coalesce(sum(n), 0)::int as n
     from (select bucket, n from list_counts where list_id = $1
       union all select bucket, n from list_count_deltas where list_id = $1) as counted
     where bucket not in ('waiting', 'sending')`,
    [listId],
  )
  return row?.n ?? 0
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
