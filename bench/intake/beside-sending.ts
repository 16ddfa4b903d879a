import { sql } from 'kysely'
import { content } from '../send/content.ts'
import { startEmulatorProcess } from '../send/emulator.ts'
import { openHub } from '../send/hub.ts'
import { queueList, sendAll } from '../send/lists.ts'
import { signRequests } from './bodies.ts'
import { generateLoad } from './generator.ts'
import { insertNumber, insertSentMessages } from './hub.ts'

// Webhooks come in while a number sends a thousand messages a second: three statuses for each and a few replies, as the
// provider would tell of them. First without the sending, then beside it.
const sendsPerSecond = 1_000
const webhooksPerSecond = 3_300
const connections = 64

export async function measureBesideSending(
  ports: { hub: number },
  seconds: number,
): Promise<Record<string, unknown>> {
  const emulator = await startEmulatorProcess()
  const hub = await openHub(emulator, { web: ports.hub })
  try {
    const address = await insertNumber(hub.ctx)
    await insertSentMessages(hub.ctx, (webhooksPerSecond * seconds) / 3)
    const number = await hub.connectNumber()
    await emulator.setThroughput(number.phoneNumberId, sendsPerSecond)
    await hub.setPace(number, sendsPerSecond)
    const list = await queueList(hub, number, { size: sendsPerSecond * seconds, content })
    const processes = [await hub.startWeb(), await hub.startWorker()]
    const requests = signRequests(address, 0, webhooksPerSecond * seconds)
    const load = { connections, perSecond: webhooksPerSecond }
    await generateLoad(ports.hub, requests.slice(0, 5_000), { connections })
    const alone = await generateLoad(ports.hub, requests, load)
    await workedOff(hub.ctx)
    const sending = sendAll(hub, [list])
    const beside = await generateLoad(ports.hub, requests, load)
    const sendingSeconds = await sending
    for (const started of processes) await started.stop()
    const { repeated_opaque_count } = await emulator.ledger()
    return {
      bench: 'intake beside sending',
      offered_per_second: webhooksPerSecond,
      alone: figuresOf(alone),
      beside: figuresOf(beside),
      sent_per_second: Math.round((sendsPerSecond * seconds) / sendingSeconds),
      sent_twice: repeated_opaque_count,
      seconds,
    }
  } finally {
    await hub.close()
    await emulator.stop()
  }
}

function figuresOf({ rate, p50Ms, p99Ms }: { rate: number; p50Ms: number; p99Ms: number }) {
  return { rate: Math.round(rate), p50_ms: Number(p50Ms.toFixed(1)), p99_ms: Number(p99Ms.toFixed(1)) }
}

/** So that what came in before is not worked on beside the sending. */
async function workedOff({
  db,
  clock,
}: Parameters<typeof insertNumber>[0] & { clock: { sleep(ms: number): Promise<void> } }) {
  for (;;) {
    const { rows } = await sql<{ left: boolean }>`
      select exists (select from inbound_logs where verdict = 'received') as left`.execute(db.worker)
    if (rows[0]?.left === false) return
    await clock.sleep(100)
  }
}
