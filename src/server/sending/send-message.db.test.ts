import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import type { ContactId, SendMessage } from '../../contract/index.ts'
import { seedNumber } from '../messages/testing/index.ts'
import type { Actor } from '../platform/index.ts'
import { testCtx } from '../platform/testing/index.ts'
import { createProviders, type ServerCtx } from '../providers/index.ts'
import { sendMessage, type TemplateRules } from './index.ts'

const base = await testCtx()
const ctx: ServerCtx = { ...base, providers: createProviders({ log: base.log }) }
afterAll(() => ctx.providers.close())

/** Rules of a template with one value in its body. */
const rules: TemplateRules = {
  checkParameters: (_, { components }) =>
    components?.length === 1 ? [] : [{ key: '1', message: 'A value is missing.' }],
  valuesOf: () => ({ '1': 'Ana' }),
  renderPreview: (_, values) => ({ body: `Hello ${values['1']}`, buttons: [] }),
}

async function open() {
  const seed = await seedNumber(ctx)
  const actor: Actor = {
    kind: 'api_key',
    id: ctx.random.id('key'),
    workspaceId: seed.workspaceId,
    role: 'agent',
    scopes: ['send'],
    name: 'Shop',
  }
  const template: SendMessage = {
    number_id: seed.numberId,
    to: '598091234567',
    type: 'template',
    template: {
      name: 'order_update',
      language: { code: 'en_US' },
      components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] }],
    },
  }
  const text: SendMessage = {
    number_id: seed.numberId,
    to: '598091234567',
    type: 'text',
    text: { body: 'Hi' },
  }
  const send = (input: SendMessage, idempotencyKey?: string) =>
    sendMessage(ctx, actor, input, { rules, idempotencyKey })
  const count = async () =>
    (
      await seed.run(
        sql<{ n: number }>`select count(*) as n from messages where number_id = ${seed.numberId}`,
      )
    )[0]?.n
  return { seed, template, text, send, count, callerId: actor.id }
}

describe('a message sent through the API', () => {
  it('is queued with what it says, for the thread as well as for the provider', async () => {
    const { seed, template, send } = await open()
    const { id, status } = await send(template)
    expect(status).toBe('queued')
    const [row] = await seed.run(
      sql`select state, priority, origin, category, content from messages where id = ${id}`,
    )
    expect(row).toMatchObject({
      state: 'queued',
      priority: 1,
      origin: 'api',
      category: 'UTILITY',
      content: { template: { name: 'order_update' }, text: { body: 'Hello Ana' } },
    })
  })

  it('with a time that has passed is not served before those that waited', async () => {
    const { seed, template, send } = await open()
    const { id } = await send({ ...template, send_at: '2020-01-01T00:00:00Z' })
    const [row] = await seed.run(sql`select next_at = at as is_now from messages where id = ${id}`)
    expect(row).toEqual({ is_now: true })
  })

  it('is refused before it is accepted when the template would be', async () => {
    const { seed, template, send, count } = await open()
    if (template.type !== 'template') throw new Error('A template was made above.')
    const without = { ...template, template: { ...template.template, components: [] } }
    await expect(send(without)).rejects.toMatchObject({ code: 'template_parameters_wrong' })
    const unknown = { ...template, template: { ...template.template, name: 'nobody_knows' } }
    await expect(send(unknown)).rejects.toMatchObject({ code: 'template_not_approved' })
    await seed.run(sql`update templates set status = 'PAUSED' where id = ${seed.templateId}`)
    await expect(send(template)).rejects.toMatchObject({ code: 'template_not_approved' })
    expect(await count()).toBe(0)
  })

  it('is refused as free text outside the window and taken inside', async () => {
    const { seed, text, template, send } = await open()
    await expect(send(text)).rejects.toMatchObject({ code: 'window_closed' })
    await send(template)
    const [contact] = await seed.run(sql<{ id: ContactId }>`
      select id from contacts where workspace_id = ${seed.workspaceId} and phone = '598091234567'`)
    if (contact === undefined) throw new Error('Sending made no contact.')
    await seed.openWindow(contact.id)
    expect(await send(text)).toMatchObject({ status: 'queued' })
  })

  it('is refused to somebody who has opted out of its kind', async () => {
    const { seed, template, send } = await open()
    await send(template)
    await seed.run(
      sql`update contacts set opted_out_marketing_at = now() where workspace_id = ${seed.workspaceId}`,
    )
    expect(await send(template)).toMatchObject({ status: 'queued' })
    await seed.run(sql`update templates set category = 'MARKETING' where id = ${seed.templateId}`)
    await expect(send(template)).rejects.toMatchObject({ code: 'recipient_opted_out' })
  })

  it('is refused from the number of another workspace as if there were none', async () => {
    const [mine, other] = [await open(), await open()]
    await expect(mine.send(other.template)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('an Idempotency-Key', () => {
  it('gets the same answer for the same body, and one message', async () => {
    const { template, send, count } = await open()
    const first = await send(template, 'order-7')
    expect(await send(template, 'order-7')).toEqual(first)
    expect(await count()).toBe(1)
  })

  it('used at the same moment by many still sends once', async () => {
    const { template, send, count } = await open()
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(template, 'order-8')))
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
    expect(await count()).toBe(1)
  })

  it('with another body is refused', async () => {
    const { template, send } = await open()
    await send(template, 'order-9')
    await expect(send({ ...template, to: '598097654321' }, 'order-9')).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
  })

  it('of a request that was refused is free again', async () => {
    const { text, template, send } = await open()
    await expect(send(text, 'order-10')).rejects.toMatchObject({ code: 'window_closed' })
    expect(await send(template, 'order-10')).toMatchObject({ status: 'queued' })
  })

  it('is forgotten after 48 hours', async () => {
    const { seed, template, send, count } = await open()
    await send(template, 'order-11')
    await seed.run(
      sql`update idempotency_keys set created_at = now() - interval '49 hours' where key = 'order-11'`,
    )
    await send(template, 'order-11')
    expect(await count()).toBe(2)
  })

  it('whose first request is not done after five seconds is told so', async () => {
    const { seed, template, send, callerId } = await open()
    await ctx.db.asWorker(async (tx) => {
      await sql`insert into idempotency_keys (workspace_id, caller_id, key, body_hash)
        values (${seed.workspaceId}, ${callerId}, 'order-12', '\\x00')`.execute(tx)
      await expect(send(template, 'order-12')).rejects.toMatchObject({ code: 'idempotency_key_in_use' })
    })
  })

  it('goes to a user id where no phone is known, but for codes, which WhatsApp sends to phones only', async () => {
    const { seed, send, template } = await open()
    const { to: _, ...toNobody } = template
    const toUser = { ...toNobody, recipient: 'UY.5501' }
    const { id } = await send(toUser)
    const queued = sql<{ to_phone: string | null; to_user_id: string | null }>`
      select to_phone, to_user_id from messages where id = ${id}`
    expect((await queued.execute(ctx.db.worker)).rows).toEqual([{ to_phone: null, to_user_id: 'UY.5501' }])
    await sql`
      update templates set category = 'AUTHENTICATION' where workspace_id = ${seed.workspaceId}`.execute(
      ctx.db.worker,
    )
    await expect(send(toUser)).rejects.toMatchObject({ code: 'validation_failed' })
  })
})
