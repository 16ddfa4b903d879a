import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { customerEvent, type NumberId, numberId, optOut, pageOf } from '../../contract/index.ts'
import { type SeededWorkspace, seedWorkspace } from '../platform/testing/index.ts'
import { createApiKey } from '../workspaces/index.ts'
import { type Browser, codeOf, openBrowser } from './testing/browser.ts'
import { startTestServer } from './testing/start-test-server.ts'

const { ctx, url } = await startTestServer()
let workspace: SeededWorkspace
let program: Browser

beforeEach(async () => {
  workspace = await seedWorkspace(ctx)
  const { secret } = await createApiKey(ctx, workspace.owner, { name: 'shop', scopes: ['read', 'manage'] })
  program = openBrowser(url, secret)
})

async function contact(phone: string, name?: string): Promise<string> {
  const { body } = await program.send('POST', '/api/v1/contacts', { phone, ...(name ? { name } : {}) })
  return String(body.id)
}

async function events(): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<{ data: Record<string, unknown> }>`
    select data from events where workspace_id = ${workspace.workspaceId} order by seq`.execute(ctx.db.worker)
  return rows.map(({ data }) => data)
}

const act = (id: string, what: 'opt-out' | 'opt-in', body?: unknown) =>
  program.send('POST', `/api/v1/contacts/${id}/${what}`, body)
const optOuts = async (query = '') =>
  pageOf(optOut).parse((await program.send('GET', `/api/v1/opt-outs${query}`)).body)

describe('an opt-out recorded by a program', () => {
  it('holds at once, with its reason in the history and in the event that customers hear', async () => {
    const id = await contact('59891000001')
    const answer = await act(id, 'opt-out', { scope: 'marketing', reason: 'Asked by phone' })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      id,
      opted_out_all_at: null,
      opted_out_marketing_at: expect.any(String),
    })
    const [told, ...more] = await events()
    expect(more).toEqual([])
    expect(customerEvent.parse(told)).toMatchObject({
      event: 'recipient.opted_out',
      instance_id: null,
      instance_name: null,
      from: '+59891000001',
      reason: 'Asked by phone',
      message_text: null,
      scope: 'marketing',
      source: 'api',
      contact_id: id,
    })
    const { body: history } = await program.send('GET', `/api/v1/contacts/${id}/history`)
    expect(history.consent).toMatchObject([
      { scope: 'marketing', opted_out: true, source: 'api', reason: 'Asked by phone', by: 'shop' },
    ])
  })

  it('without a body is one of all messages; said again it is evidence, and no second event', async () => {
    const id = await contact('59891000001')
    expect((await act(id, 'opt-out')).body).toMatchObject({ opted_out_all_at: expect.any(String) })
    const again = await act(id, 'opt-out', { reason: 'Wrote an e-mail, too' })
    expect(again.status).toBe(200)
    expect(await events()).toMatchObject([{ event: 'recipient.opted_out', reason: 'recorded_by_api' }])
    expect(await optOuts()).toMatchObject({ data: [{ contact_id: id, scope: 'all', reason: null }] })
    const { body: history } = await program.send('GET', `/api/v1/contacts/${id}/history`)
    expect(history.consent).toHaveLength(2)
  })

  it('is lifted by an opt-in a moment later, and one of all lifts that of marketing as well', async () => {
    const id = await contact('59891000001')
    // A provider whose clock runs ahead of ours.
    await sql`
      insert into consent_changes (workspace_id, id, contact_id, scope, opted_out, source, at)
      values (${workspace.workspaceId}, parley_id('cns'), ${id}, 'marketing', true, 'whatsapp', now() + interval '1 minute')`.execute(
      ctx.db.worker,
    )
    await act(id, 'opt-out')
    expect((await act(id, 'opt-in', { reason: 'Ticked the box' })).body).toMatchObject({
      opted_out_all_at: null,
      opted_out_marketing_at: null,
    })
    expect((await events()).map(({ event, reason }) => [event, reason])).toEqual([
      ['recipient.opted_out', 'recorded_by_api'],
      ['recipient.opted_in', 'Ticked the box'],
    ])
    expect(await optOuts()).toEqual({ data: [], next_cursor: null })
  })

  it('stands in the audit log without the reason, which may tell of the person', async () => {
    const id = await contact('59891000001')
    await act(id, 'opt-out', { reason: 'Huda asked by phone' })
    const { body, text } = await program.send('GET', '/api/v1/audit-log')
    expect(body.data).toContainEqual(
      expect.objectContaining({ action: 'contact.opted_out', subject_id: id, after: { scope: 'all' } }),
    )
    expect(text).not.toContain('Huda')
  })

  it('refuses a scope that is none, and a contact who is not there', async () => {
    const id = await contact('59891000001')
    expect(codeOf(await act(id, 'opt-out', { scope: 'newsletters' }))).toBe('validation_failed')
    expect(codeOf(await act(`ctc_${'0'.repeat(32)}`, 'opt-out', { scope: 'all' }))).toBe('not_found')
  })
})

describe('the list of opt-outs', () => {
  it('shows the latest first, page by page, searched and by scope', async () => {
    const ids: string[] = []
    for (const [index, scope] of (['all', 'marketing', 'all'] as const).entries()) {
      const id = await contact(`5989100000${index + 1}`, ['Ana', 'Idris', 'Marta'][index])
      await act(id, 'opt-out', { scope })
      ids.unshift(id)
    }
    const first = await optOuts('?limit=2')
    const second = await optOuts(`?limit=2&cursor=${encodeURIComponent(String(first.next_cursor))}`)
    const shown = [first, second].flatMap(({ data }) => data)
    expect(shown.map(({ contact_id }) => contact_id)).toEqual(ids)
    expect(second.next_cursor).toBeNull()
    expect((await optOuts('?scope=marketing')).data).toMatchObject([{ name: 'Idris', by: 'shop' }])
    expect((await optOuts('?search=ana')).data).toMatchObject([{ phone: '59891000001' }])
  })

  it('is exported as CSV', async () => {
    await act(await contact('59891000001', 'Ana'), 'opt-out', { reason: 'Asked, by phone' })
    const { text } = await program.send('GET', '/api/v1/opt-outs/export')
    expect(text).toMatch(
      /^\uFEFF?phone,user_id,name,scope,source,reason,by,opted_out_at\r\n59891000001,,Ana,all,api,"Asked, by phone",shop,20/,
    )
  })
})

describe('an endpoint for one number', () => {
  it('hears an opt-out that was said to none of the numbers, since it holds for each', async () => {
    const number = await seedNumber()
    await program.send('POST', '/api/v1/webhook-endpoints', {
      destination_url: 'http://127.0.0.1:9/hook',
      events: ['recipient.opted_out'],
      format: 'normalized',
      number_id: number,
    })
    await act(await contact('59891000001'), 'opt-out')
    const { body } = await program.send('GET', '/api/v1/webhook-deliveries')
    expect(body.data).toMatchObject([{ event_type: 'recipient.opted_out' }])
  })
})

async function seedNumber(): Promise<NumberId> {
  const id = numberId.parse(ctx.random.id('num'))
  await sql`
    with con as (
      insert into connectors (workspace_id, id, provider, name, key, credentials_sealed)
      values (${workspace.workspaceId}, parley_id('con'), 'meta', 'Shop', ${id}, '') returning id
    )
    insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone)
    select ${workspace.workspaceId}, ${id}, id, ${id}, '+598 2900 1234', '59829001234' from con`.execute(
    ctx.db.worker,
  )
  return id
}
