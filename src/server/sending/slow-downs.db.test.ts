import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { ContactId } from '../../contract/index.ts'
import { startEmulator } from '../../emulator/index.ts'
import { keepStop, selectKnownLimits } from '../connectors/index.ts'
import { applyStatuses } from '../messages/index.ts'
import { seedNumber } from '../messages/testing/index.ts'
import type { StatusFact } from '../providers/index.ts'
import { selectLanes } from './queries-lanes.ts'
import { content, openStage, until } from './testing/index.ts'

const { ctx, control, sandboxNumber, start } = await openStage(
  await startEmulator({ host: '127.0.0.1', port: 0, seed: 7 }),
)

type Number = Awaited<ReturnType<typeof seedNumber>>

const known = ({ workspaceId, numberId }: Number) => selectKnownLimits(ctx.db.lanes, workspaceId, numberId)
const shownStop = async ({ workspaceId }: Number) => {
  const [lane] = await selectLanes(ctx.db.worker, workspaceId, { kind: 'sending', overSeconds: 10 })
  return lane && { reason: lane.stop_reason, until: lane.stop_until }
}

describe('what the provider asked a number to wait for', () => {
  it('is kept by the process that was told, shown, and waited for by the next one', async () => {
    const number = await sandboxNumber({ throttle_probability: 1, retry_after_seconds: 4 })
    const { listId } = await number.addList({ recipients: 20, content })
    const first = start()
    await until(async () => (await shownStop(number))?.reason === 'too_fast')
    await first.stop()
    await control('PATCH', '/settings', { throttle_probability: 0 })
    const stop = await shownStop(number)
    const endsAtMs = stop?.until?.getTime() ?? 0
    expect(endsAtMs).toBeGreaterThan(Date.now() + 1_000)

    start()
    await until(async () => (await number.states(listId)).accepted === 20)
    const [earliest] = await number.run(sql<{ at: Date }>`
      select min(a.intent_at) as at from message_attempts a
      join messages m on m.id = a.message_id
      where m.list_id = ${listId} and a.outcome = 'accepted'`)
    expect(earliest?.at.getTime()).toBeGreaterThanOrEqual(endsAtMs - 20)
    await until(async () => (await shownStop(number))?.reason === null)
  })

  it('is written by the holder of its lane only', async () => {
    const number = await seedNumber(ctx)
    const lane = await number.takeLane('hub-1')
    const stop = { reason: 'asked_to_wait' as const, since_ms: -2_000, left_ms: 60_000 }
    await keepStop(ctx.db.worker, number.workspaceId, { ...lane, epoch: lane.epoch - 1 }, stop)
    expect((await known(number)).stop).toBeNull()
    await keepStop(ctx.db.worker, number.workspaceId, lane, stop)
    const { stop: kept } = await known(number)
    expect(kept?.reason).toBe('asked_to_wait')
    expect(kept?.lasts_ms).toBeCloseTo(62_000, -1)
    expect(kept?.left_ms).toBeGreaterThan(55_000)
    await keepStop(ctx.db.worker, number.workspaceId, { ...lane, owner: 'hub-2' }, null)
    expect((await known(number)).stop).not.toBeNull()
    await keepStop(ctx.db.worker, number.workspaceId, lane, null)
    expect((await known(number)).stop).toBeNull()
  })

  it('counts no more a while after its end, when nobody was left to say that it is over', async () => {
    const number = await seedNumber(ctx)
    const lane = await number.takeLane()
    await keepStop(ctx.db.worker, number.workspaceId, lane, {
      reason: 'no_clear_answers',
      since_ms: -40_000,
      left_ms: -14_000,
    })
    expect(await shownStop(number)).toMatchObject({ reason: 'no_clear_answers' })
    await number.run(
      sql`update slow_downs set until = until - interval '2 s' where number_id = ${number.numberId}`,
    )
    expect(await shownStop(number)).toEqual({ reason: null, until: null })
    expect((await known(number)).stop).toBeNull()
  })
})

async function acceptedMessage(number: Number): Promise<{ contact: ContactId; external_id: string }> {
  const contact = await number.addContact()
  const id = await number.addMessage({ contact_id: contact })
  const external_id = `wamid.${id}`
  await number.run(sql`update messages set state = 'accepted', external_id = ${external_id} where id = ${id}`)
  await number.run(sql`insert into outbound_external_ids (workspace_id, number_id, external_id, message_id)
    values (${number.workspaceId}, ${number.numberId}, ${external_id}, ${id})`)
  return { contact, external_id }
}

function failure(external_id: string, code: string, at = new Date()): StatusFact {
  return {
    kind: 'status',
    waba_id: null,
    phone_number_id: null,
    external_id,
    whatsapp_id: null,
    status: 'failed',
    recipient: '',
    recipient_user_id: null,
    at,
    opaque: null,
    error: { code, title: code, detail: null },
    pricing: null,
    conversation: null,
  }
}

describe('a failure that comes as a status', () => {
  const tell = (number: Number, facts: StatusFact[]) =>
    applyStatuses(ctx, number.workspaceId, number.numberId, facts, null)

  it('for too high a speed is told to the lane once, if it is of now', async () => {
    const number = await seedNumber(ctx)
    const ids = [await acceptedMessage(number), await acceptedMessage(number), await acceptedMessage(number)]
    const [one, two, old] = ids.map(({ external_id }) => external_id)
    if (one === undefined || two === undefined || old === undefined) throw new Error('no messages')
    const facts = [
      failure(one, '130429'),
      failure(two, '130429'),
      failure(old, '130429', new Date(Date.now() - 3_600_000)),
    ]
    await tell(number, facts)
    await tell(number, facts)
    expect((await known(number)).too_fast_told).toBe(2)
  })

  it('for too many messages to one person makes the pair wait from then on', async () => {
    const number = await seedNumber(ctx)
    const { contact, external_id } = await acceptedMessage(number)
    const stale = await acceptedMessage(number)
    await tell(number, [
      failure(external_id, '131056', new Date(Date.now() - 20_000)),
      failure(stale.external_id, '131056', new Date(Date.now() - 300_000)),
    ])
    const { crowded } = await known(number)
    expect(crowded).toEqual([{ contact_id: contact, free_in_ms: expect.any(Number) }])
    expect(crowded[0]?.free_in_ms).toBeLessThan(250_000)
    expect(crowded[0]?.free_in_ms).toBeGreaterThan(240_000)
  })
})

it('who got many messages has no second burst from the next process', async () => {
  const number = await sandboxNumber()
  const contact_id = await number.addContact()
  const toOne = async (count: number) => {
    for (let n = 0; n < count; n += 1) await number.addMessage({ content, contact_id })
    await number.run(sql`update messages set to_phone = '598091888888' where contact_id = ${contact_id}`)
  }
  const accepted = async () =>
    (
      await number.run(
        sql<{
          state: string
        }>`select state from messages where contact_id = ${contact_id} and state = 'accepted'`,
      )
    ).length
  await toOne(30)
  const first = start()
  await until(async () => (await accepted()) === 30)
  await first.stop()
  await toOne(20)
  start()
  await until(async () => (await accepted()) >= 45)
  await until(async () => {
    const [row] = await number.run(sql<{ n: number }>`
      select count(*) as n from send_queue where number_id = ${number.numberId} and next_at <= now()`)
    return row?.n === 0
  })
  expect(await accepted()).toBeLessThanOrEqual(46)
  const refused = await number.run(sql`select from message_attempts where error_code = '131056'`)
  expect(refused).toEqual([])
})
