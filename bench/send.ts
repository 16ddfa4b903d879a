import { measureBareLoop } from './send/bare-loop.ts'
import { measureCeiling } from './send/ceiling.ts'
import { content, template } from './send/content.ts'
import { type EmulatorProcess, startEmulatorProcess } from './send/emulator.ts'
import { type BenchHub, type BenchNumber, openHub } from './send/hub.ts'
import { queueList, sendAll } from './send/lists.ts'
import { measureReplies, type ReplyDelays } from './send/replies.ts'

// How fast the hub gets messages accepted by a provider that answers at once, beside the ceiling of this machine:
// the same bodies posted by undici with nothing written down. Hub, provider and PostgreSQL share the machine.
const numberCount = 20
const messagesPerNumber = Number(process.argv[2] ?? 60_000) / numberCount
const ceilingCount = 30_000
const eightNumbers = { count: 8, limitPerSecond: 1_000, messagesEach: 5_000 }
const oneNumber = { limitPerSecond: 1_000, messages: 10_000 }

async function main(): Promise<void> {
  const emulator = await startEmulatorProcess()
  const hub = await openHub(emulator, { web: 41_400 })
  try {
    await measureCeiling(emulator, template, 5_000)
    const ceilingBefore = await measureCeiling(emulator, template, ceilingCount)
    console.log(`bare undici: ${Math.round(ceilingBefore)} messages/s`)
    const bareLoop = await measureBareLoop(hub.target, emulator, { content: template, count: ceilingCount })
    console.log(`bare claim-post-record loop: ${Math.round(bareLoop)} messages/s`)
    const numbers: BenchNumber[] = []
    for (let n = 0; n < numberCount; n++) numbers.push(await numberWithLimit(hub, emulator, null))
    const rate = await measureTwentyNumbers(hub, numbers, 1)
    const rateOfTwo = await measureTwentyNumbers(hub, numbers, 2)
    const ceilingAfter = await measureCeiling(emulator, template, ceilingCount)
    console.log(`bare undici again: ${Math.round(ceilingAfter)} messages/s`)
    const one = await measureOneNumber(hub, emulator)
    const eight = await measureEightNumbers(hub, emulator)
    const replies = await measureRepliesUnderLoad(hub, emulator)
    const ledger = await emulator.ledger()
    const ceiling = Math.max(ceilingBefore, ceilingAfter)
    const shareOf = (part: number) => Number((part / ceiling).toFixed(3))
    console.log(
      JSON.stringify({
        bench: 'send',
        rate: Math.round(rate),
        rate_of_two_workers: Math.round(rateOfTwo),
        ceiling: Math.round(ceiling),
        bare_loop: Math.round(bareLoop),
        ratio_to_bare_loop: Number((rate / bareLoop).toFixed(3)),
        ratio: shareOf(rate),
        ratio_of_two_workers: shareOf(rateOfTwo),
        messages: numberCount * messagesPerNumber,
        one_number: one,
        eight_numbers: eight,
        reply_under_load: replies,
        sent_twice: ledger.repeated_opaque_count,
      }),
    )
  } finally {
    await hub.close()
    await emulator.stop()
  }
}

async function measureTwentyNumbers(
  hub: BenchHub,
  numbers: readonly BenchNumber[],
  workerCount: number,
): Promise<number> {
  const lists = []
  for (const number of numbers) lists.push(await queueList(hub, number, { size: messagesPerNumber, content }))
  const warmUp = await queueList(hub, firstOf(numbers), { size: 2_000, content })
  const workers = await Promise.all(Array.from({ length: workerCount }, () => hub.startWorker()))
  await sendAll(hub, [warmUp])
  const seconds = await sendAll(hub, lists)
  await Promise.all(workers.map((worker) => worker.stop()))
  const rate = (numberCount * messagesPerNumber) / seconds
  console.log(
    `${numberCount} numbers without limit, ${workerCount} worker(s): ${Math.round(rate)} messages/s to the last accepted and written down`,
  )
  return rate
}

async function measureEightNumbers(hub: BenchHub, emulator: EmulatorProcess) {
  const { count, limitPerSecond, messagesEach } = eightNumbers
  const numbers: BenchNumber[] = []
  for (let n = 0; n < count; n++) numbers.push(await numberWithLimit(hub, emulator, limitPerSecond))
  const lists = []
  for (const number of numbers) lists.push(await queueList(hub, number, { size: messagesEach, content }))
  const worker = await hub.startWorker()
  const seconds = await sendAll(hub, lists)
  await worker.stop()
  const ids = new Set(numbers.map((number) => number.phoneNumberId))
  const { by_number } = await emulator.ledger()
  const worstSecond = Math.max(
    ...by_number.filter((row) => ids.has(row.phone_number_id)).map((row) => row.worst_second),
  )
  const rate = Math.round((count * messagesEach) / seconds)
  console.log(
    `${count} numbers at ${limitPerSecond}/s each: ${rate} messages/s, fullest second of one ${worstSecond}`,
  )
  return { limit: limitPerSecond, rate, worst_second: worstSecond }
}

async function measureOneNumber(hub: BenchHub, emulator: EmulatorProcess) {
  const number = await numberWithLimit(hub, emulator, oneNumber.limitPerSecond)
  const list = await queueList(hub, number, { size: oneNumber.messages, content })
  const worker = await hub.startWorker()
  await sendAll(hub, [list])
  await worker.stop()
  const { by_number } = await emulator.ledger()
  const summary = by_number.find((row) => row.phone_number_id === number.phoneNumberId)
  const spanMs = Date.parse(summary?.last_at ?? '') - Date.parse(summary?.first_at ?? '')
  const rate = Math.round(((summary?.accepted ?? 0) / spanMs) * 1_000)
  const worstSecond = summary?.worst_second ?? 0
  console.log(
    `one number at ${oneNumber.limitPerSecond}/s: ${rate} messages/s, fullest second ${worstSecond}`,
  )
  return { limit: oneNumber.limitPerSecond, rate, worst_second: worstSecond }
}

async function measureRepliesUnderLoad(hub: BenchHub, emulator: EmulatorProcess): Promise<ReplyDelays> {
  const number = await numberWithLimit(hub, emulator, oneNumber.limitPerSecond)
  const list = await queueList(hub, number, { size: oneNumber.messages, content })
  const worker = await hub.startWorker()
  const delays = await measureReplies(hub, number, sendAll(hub, [list]))
  await worker.stop()
  console.log(
    `a reply while bulk fills the lane: ${delays.p50_ms} ms for half of them, ${delays.p99_ms} ms for 99 of 100`,
  )
  return delays
}

async function numberWithLimit(
  hub: BenchHub,
  emulator: EmulatorProcess,
  perSecond: number | null,
): Promise<BenchNumber> {
  const number = await hub.connectNumber()
  await emulator.setThroughput(number.phoneNumberId, perSecond)
  await hub.setPace(number, perSecond ?? 100_000)
  return number
}

function firstOf(numbers: readonly BenchNumber[]): BenchNumber {
  const [first] = numbers
  if (first === undefined) throw new Error('There are no numbers.')
  return first
}

await main()
