import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { numberId, type SendMessage } from '../../contract/index.ts'
import { seedNumber } from '../messages/testing/index.ts'
import type { Actor } from '../platform/index.ts'
import { heldClock, seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createProviders, type ServerCtx } from '../providers/index.ts'
import type { TemplateRules } from './index.ts'
import { sendBatch } from './send-batch.ts'

const clock = heldClock(new Date())
const base = await testCtx({ clock })
const ctx: ServerCtx = { ...base, providers: createProviders({ log: base.log }) }
afterAll(() => ctx.providers.close())

const rules: TemplateRules = {
  checkParameters: () => [],
  valuesOf: () => ({}),
  renderPreview: () => ({ body: 'Hello', buttons: [] }),
}

async function open() {
  const seed = await seedNumber(ctx)
  const { owner } = await seedWorkspace(ctx)
  const actor: Actor = { ...owner, workspaceId: seed.workspaceId }
  const template = (i: number): SendMessage => ({
    number_id: seed.numberId,
    to: String(598_091_000_000 + i),
    type: 'template',
    template: { name: 'order_update', language: { code: 'en_US' } },
  })
  const send = (messages: SendMessage[], idempotencyKey?: string) =>
    sendBatch(ctx, actor, { messages }, { rules, idempotencyKey })
  return { seed, template, send }
}

describe('a batch', () => {
  it('of a thousand is taken in one go', async () => {
    const { template, send } = await open()
    const { results } = await send(Array.from({ length: 1_000 }, (_, i) => template(i)))
    expect(results).toHaveLength(1_000)
    expect(results.every((result) => result.status === 'queued')).toBe(true)
  })

  it('is queued in the order in which it was given, however quickly', async () => {
    const { template, send } = await open()
    const { results } = await send(Array.from({ length: 300 }, () => template(1)))
    const ids = results.map((result) => (result.status === 'queued' ? result.id : ''))
    expect(ids).toEqual(ids.toSorted())
  })

  it('says of each message what sending it alone would have said', async () => {
    const { template, send } = await open()
    const stranger = { ...template(1), number_id: numberId.parse(ctx.random.id('num')) }
    const text: SendMessage = {
      number_id: template(2).number_id,
      to: '598091000002',
      type: 'text',
      text: { body: 'Hi' },
    }
    const late = { ...template(3), send_at: new Date(clock.now().getTime() + 31 * 86_400_000).toISOString() }
    const { results } = await send([template(0), stranger, text, late])
    expect(results).toMatchObject([
      { status: 'queued' },
      { status: 'refused', error: { code: 'not_found' } },
      { status: 'refused', error: { code: 'window_closed' } },
      { status: 'refused', error: { code: 'validation_failed', details: { fields: [{ path: 'send_at' }] } } },
    ])
  })

  it('leaves no contact behind of a message that was refused with window_closed', async () => {
    const { seed, template, send } = await open()
    const text = (to: string): SendMessage => ({
      number_id: seed.numberId,
      to,
      type: 'text',
      text: { body: 'Hi' },
    })
    const { results } = await send([text('598091000007'), template(8)])
    expect(results).toMatchObject([{ error: { code: 'window_closed' } }, { status: 'queued' }])
    const contacts = sql<{ phone: string }>`
      select phone from contacts
      where workspace_id = ${seed.workspaceId} and phone in ('598091000007', '598091000008')`
    expect(await seed.run(contacts)).toEqual([{ phone: '598091000008' }])
  })

  it('has one Idempotency-Key for the whole', async () => {
    const { template, send } = await open()
    const first = await send([template(0), template(1)], 'key-1')
    expect(await send([template(0), template(1)], 'key-1')).toEqual(first)
    await expect(send([template(0)], 'key-1')).rejects.toMatchObject({ code: 'idempotency_key_reused' })
  })

  it('of another workspace knows nothing of our numbers', async () => {
    const mine = await open()
    const theirs = await open()
    const { results } = await mine.send([theirs.template(0)])
    expect(results).toMatchObject([{ status: 'refused', error: { code: 'not_found' } }])
  })
})
