import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { customerEvent, type NumberId, numberId } from '../../contract/index.ts'
import { changeConsentSettings } from '../contacts/index.ts'
import { type SeededWorkspace, seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createProviders, type MessageFact } from '../providers/index.ts'
import { receiveMessage } from './receive-message.ts'

const base = await testCtx()
const ctx = { ...base, providers: createProviders({ log: base.log }) }
afterAll(() => ctx.providers.close())
const phone = '966500000123'

async function seedNumber({ workspaceId }: SeededWorkspace): Promise<NumberId> {
  const id = numberId.parse(ctx.random.id('num'))
  await sql`
    with con as (
      insert into connectors (workspace_id, id, provider, name, key, credentials_sealed)
      values (${workspaceId}, parley_id('con'), 'meta', 'Shop', ${id}, '') returning id
    )
    insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone, verified_name)
    select ${workspaceId}, ${id}, id, ${id}, '+598 2900 1234', '59829001234', 'Demo Support Line' from con`.execute(
    ctx.db.worker,
  )
  return id
}

async function shop() {
  const workspace = await seedWorkspace(ctx)
  const { workspaceId } = workspace
  const number = await seedNumber(workspace)
  let told = 0
  const say = async (body: string, more: Partial<MessageFact> = {}): Promise<MessageFact> => {
    told += 1
    const fact: MessageFact = {
      kind: 'message',
      waba_id: null,
      phone_number_id: null,
      external_id: `wamid.${ctx.random.token(12)}`,
      from_phone: phone,
      from_user_id: null,
      username: null,
      profile_name: 'Huda',
      group_id: null,
      at: new Date(Date.UTC(2026, 4, 8, 10, told)),
      type: 'text',
      content: { text: { body } },
      context_external_id: null,
      opens_window: true,
      ...more,
    }
    await receiveMessage(ctx, workspaceId, number, fact)
    return fact
  }
  const consentEvents = async () => {
    const { rows } = await sql<{ data: Record<string, unknown> }>`
      select data from events where workspace_id = ${workspaceId} and type like 'recipient.%' order by seq`.execute(
      ctx.db.worker,
    )
    return rows.map(({ data }) => data)
  }
  const isOptedOut = async () => {
    const { rows } = await sql<{ is: boolean }>`
      select opted_out_all_at is not null as is from contacts where workspace_id = ${workspaceId}`.execute(
      ctx.db.worker,
    )
    return rows[0]?.is
  }
  return { owner: workspace.owner, workspaceId, number, say, consentEvents, isOptedOut }
}

describe('a person who writes STOP', () => {
  it('is opted out, and customers hear it once, in the words of the payload', async () => {
    const { number, workspaceId, say, consentEvents, isOptedOut } = await shop()
    await say('Where is my order?')
    const stop = await say('Stop!')
    await receiveMessage(ctx, workspaceId, number, stop)
    await say('STOP')
    expect(await isOptedOut()).toBe(true)
    const events = await consentEvents()
    expect(events).toHaveLength(1)
    expect(customerEvent.parse(events[0])).toEqual(events[0])
    expect(events[0]).toMatchObject({
      event: 'recipient.opted_out',
      instance_id: number,
      instance_name: 'Demo Support Line',
      from: `+${phone}`,
      reason: 'recipient_requested_stop',
      message_text: 'Stop!',
      timestamp: '2026-05-08T10:02:00Z',
      scope: 'all',
      external_message_id: stop.external_id,
    })
  })

  it('and START afterwards is opted in again', async () => {
    const { say, consentEvents, isOptedOut } = await shop()
    await say('START')
    await say('baja')
    await say('alta')
    expect(await isOptedOut()).toBe(false)
    expect((await consentEvents()).map(({ event, message_text }) => [event, message_text])).toEqual([
      ['recipient.opted_out', 'baja'],
      ['recipient.opted_in', 'alta'],
    ])
  })

  it('in a sentence, in a group or as the caption of a picture is not opted out', async () => {
    const { say, consentEvents } = await shop()
    await say('Please stop by tomorrow')
    await say('STOP', { group_id: 'Y2FwaV9ncm91cDox' })
    await say('', { type: 'image', content: { image: { id: '1', caption: 'STOP' } } })
    expect(await consentEvents()).toEqual([])
  })

  it('in the words of the workspace is answered once, while the window lasts', async () => {
    const { owner, workspaceId, say, consentEvents } = await shop()
    await changeConsentSettings(ctx, owner, {
      stop_words: ['Basta'],
      start_words: ['Volver'],
      stop_confirmation: 'You are out.',
      start_confirmation: null,
    })
    const answers = async () => {
      const { rows } = await sql<{ text: string; state: string }>`
        select content -> 'text' ->> 'body' as text, state from messages
        where workspace_id = ${workspaceId} and direction = 'out'`.execute(ctx.db.worker)
      return rows
    }
    await say('STOP', { at: new Date() })
    await say('basta', { at: new Date(Date.now() - 25 * 3_600_000) })
    expect(await answers()).toEqual([])
    await say('volver', { at: new Date(Date.now() - 24 * 3_600_000) })
    await say('¡BASTA!', { at: new Date() })
    await say('basta', { at: new Date() })
    expect(await answers()).toEqual([{ text: 'You are out.', state: 'queued' }])
    expect((await consentEvents()).map(({ event }) => event)).toEqual([
      'recipient.opted_out',
      'recipient.opted_in',
      'recipient.opted_out',
    ])
  })

  it('by the button of a template is opted out', async () => {
    const { say, consentEvents } = await shop()
    await say('', {
      type: 'button',
      content: { button: { text: 'Stop promotions', payload: 'Stop promotions' } },
    })
    expect(await consentEvents()).toMatchObject([
      { event: 'recipient.opted_out', message_text: 'Stop promotions' },
    ])
  })
})
