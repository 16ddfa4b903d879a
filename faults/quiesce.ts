import { setTimeout as delay } from 'node:timers/promises'
import { eventually } from '../rig/api.ts'
import { calmProvider, statusesTakeMs } from './provider.ts'
import type { Stage } from './stage.ts'

export interface Quiet {
  /** Outcomes that no callback could settle, because nothing had gone out; policy settles them. */
  unknownLeft: number
  /** Whatever did not come to rest. */
  complaints: string[]
}

const restsWithinMs = 300_000
// Parked by kills is not parked for good.
const parkedByKills = `verdict = 'parked' and crashes between 2 and 4`
const unreadWebhooks = `inbound_logs where (verdict in ('received', 'failed') or ${parkedByKills})`

/**
 * Everything calm and up again, then waits until nothing moves any more. Waits of minutes and days (for evidence, for
 * the next try of a delivery) are shortened in the database; everything else takes the time it takes.
 */
export async function quiesce(stage: Stage): Promise<Quiet> {
  const { database, provider, customer } = stage
  const complaints: string[] = []
  const settle = async (check: () => Promise<void>, timeoutMs = restsWithinMs) =>
    eventually(check, timeoutMs).catch((error: unknown) =>
      complaints.push(error instanceof Error ? error.message : String(error)),
    )
  await provider.set(calmProvider)
  customer.setMood('up')
  for (const hub of stage.hubs) if (hub.state !== 'up') complaints.push(`${hub.name} is ${hub.state}.`)

  await settle(() => expectNone(stage, 'messages still wait', `messages where state in ('queued', 'intent')`))
  await delay(statusesTakeMs)
  await database.query(`update inbound_logs set next_at = now() where ${parkedByKills}`)
  await waitWhileShrinking(() => count(stage, unreadWebhooks))
  await settle(() => expectCallbacksDrained(stage))
  const unknownLeft = await count(stage, `messages where state = 'unknown'`)
  await endWaits(stage)
  await settle(() => expectNone(stage, 'unknowns stay unknown', `messages where state = 'unknown'`), 60_000)
  await settle(() =>
    expectNone(stage, 'lists did not finish', `lists where state in ('running', 'scheduled', 'paused')`),
  )
  // An upload whose answer was cut off is read all the same, by a sweep if its job was never made.
  await database.query(`update lists set created_at = now() - interval '1 hour' where state = 'importing'`)
  await settle(() => expectNone(stage, 'lists are still read', `lists where state = 'importing'`))
  await settle(async () => {
    await database.query(
      `update webhook_deliveries set next_at = now() where state = 'pending' and next_at > now() + interval '2 s'`,
    )
    await expectNone(stage, 'deliveries are still pending', `webhook_deliveries where state = 'pending'`)
  })
  await settle(() => expectNone(stage, 'counts are not merged', 'list_count_deltas'))
  return { unknownLeft, complaints }
}

/** Callbacks all answered, and what they said all worked on. */
export async function expectCallbacksDrained(stage: Stage): Promise<void> {
  const { pending } = await stage.provider.callbacks()
  if (pending > 0) throw new Error(`${pending} callbacks are still on their way`)
  await expectNone(stage, 'webhooks are not worked on', unreadWebhooks)
}

/** After a long run on a slow machine the rest may be a long read: as long as it gets less, nothing is stuck. */
async function waitWhileShrinking(left: () => Promise<number>): Promise<void> {
  let least = Number.POSITIVE_INFINITY
  let giveUpAtMs = Number.POSITIVE_INFINITY
  for (let n = await left(); n > 0 && Date.now() < giveUpAtMs; n = await left()) {
    if (n >= least) continue
    least = n
    giveUpAtMs = Date.now() + restsWithinMs
  }
}

/** As if the time had passed in which evidence could come: policy ends the wait at its next look. */
async function endWaits({ database }: Stage): Promise<void> {
  await database.query(
    `update messages set unknown_since = unknown_since - interval '11 minutes' where state = 'unknown'`,
  )
  await database.query('update connectors set last_webhook_at = now()')
}

async function expectNone(stage: Stage, complaint: string, from: string): Promise<void> {
  const n = await count(stage, from)
  if (n > 0) throw new Error(`${n} ${complaint}`)
}

async function count({ database }: Stage, from: string): Promise<number> {
  const [row] = await database.query<{ n: number }>(`select count(*) as n from ${from}`)
  // These looks are frequent and read whole tables: they leave the machine to the hubs in between.
  await delay(500)
  return row?.n ?? 0
}
