import { readXlsx } from 'hucre/xlsx'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { createHttpApp } from '../platform/index.ts'
import { testCtx } from '../platform/testing/index.ts'
import { createProviders } from '../providers/index.ts'
import { registerHubRoutes } from './routes.ts'
import { type SeededHub, seedHub } from './testing/seed-hub.ts'

const ctx = await testCtx()
const app = createHttpApp(ctx, { statusOf: (code) => (code === 'file_unreadable' ? 422 : 400) })
const signedIn: { as: SeededHub['owner'] | null } = { as: null }
app.addHook('onRequest', async (request) => {
  request.actor = signedIn.as
})
registerHubRoutes(app, { ...ctx, providers: createProviders({ log: ctx.log }) })
const boundary = 'aB03x'

function upload(hubId: string, content: string | Buffer, field = 'file') {
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="../../orders.csv"\r\n\r\n`
  return app.inject({
    method: 'POST',
    url: `/hubs/${hubId}/lists`,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)]),
  })
}

async function seedSignedIn(): Promise<SeededHub> {
  const seeded = await seedHub(ctx)
  signedIn.as = seeded.owner
  return seeded
}

describe('over HTTP', () => {
  it('a list is uploaded, matched, checked and started', async () => {
    const { hub } = await seedSignedIn()
    const uploaded = await upload(hub.id, 'phone,name,order\n59891000001,Ana,1\n12,=Eva,2\n')
    expect(uploaded.statusCode).toBe(201)
    expect(uploaded.json()).toMatchObject({
      state: 'draft',
      rows: 2,
      name: 'orders',
      columns: ['phone', 'name', 'order'],
    })
    const { id } = uploaded.json()

    const preview = await app.inject(`/lists/${id}/preview?row=1`)
    expect(preview.json()).toMatchObject({ row_number: 1, variables: { 1: 'Ana', 2: '1' }, problem: null })

    const match = { phone: 'phone', variables: { 1: { column: 'name' }, 2: { column: 'order' } } }
    const matched = await app.inject({ method: 'PUT', url: `/lists/${id}/match`, payload: match })
    expect(matched.json()).toMatchObject({ state: 'ready', match })

    const checked = await app.inject({ method: 'POST', url: `/lists/${id}/preflight` })
    expect(checked.json()).toMatchObject({ total: 2, will_send: 1, skipped: { invalid_phone: 1 } })

    const refused = await app.inject(`/lists/${id}/recipients?state=problem&reason=invalid_phone`)
    expect(refused.json().data).toMatchObject([{ row_number: 2, problem: { code: 'invalid_phone' } }])

    const started = await app.inject({ method: 'POST', url: `/lists/${id}/start` })
    expect(started.json()).toMatchObject({ state: 'running' })
    const corrected = await app.inject({
      method: 'PATCH',
      url: `/lists/${id}/recipients/${refused.json().data[0].id}`,
      payload: { phone: '59891000002' },
    })
    expect(corrected.json().error.code).toBe('list_state_wrong')
    const lists = await app.inject(`/hubs/${hub.id}/lists`)
    expect(lists.json().data).toMatchObject([{ id, counts: { total: 2, waiting: 1, skipped: 1 } }])
  })

  it('lists of all hubs are found by hub, state and part of the name', async () => {
    const seeded = await seedSignedIn()
    const { id } = (await upload(seeded.hub.id, 'phone,name\n59891000001,Ana\n')).json()
    const found = async (query: string) =>
      (await app.inject(`/lists?${query}`)).json().data.map((list: { id: string }) => list.id)
    expect((await app.inject('/lists')).json().data).toMatchObject([{ id, hub_name: seeded.hub.name }])
    expect(await found(`hub_id=${seeded.hub.id}&state=draft&search=RDER`)).toEqual([id])
    expect(await found('state=running')).toEqual([])
    expect(await found('search=order%25')).toEqual([])
    expect(await found(`hub_id=hub_${'0'.repeat(32)}`)).toEqual([])
    await seedSignedIn()
    expect(await found('')).toEqual([])
  })

  it('a forecast tells what a list takes of the daily limit, and ends later for it', async () => {
    const { hub, numberId } = await seedSignedIn()
    const rows = Array.from({ length: 60 }, (_, i) => `598910000${10 + i},Ana,1`)
    const { id } = (await upload(hub.id, ['phone,name,order', ...rows].join('\n'))).json()
    const match = { phone: 'phone', variables: { 1: { column: 'name' }, 2: { column: 'order' } } }
    await app.inject({ method: 'PUT', url: `/lists/${id}/match`, payload: match })
    await app.inject({ method: 'POST', url: `/lists/${id}/start` })
    const forecast = async () => (await app.inject(`/lists/${id}/forecast`)).json()
    const inHours = (at: string) => (new Date(at).getTime() - ctx.clock.now().getTime()) / 3_600_000

    const unlimited = await forecast()
    expect(unlimited).toMatchObject({ remaining: 60, per_second: 80, daily_limit: null })
    expect(inHours(unlimited.finishes_at)).toBeLessThan(1)

    await sql`update numbers set messaging_limit = 'TIER_50' where id = ${numberId}`.execute(ctx.db.worker)
    const limited = await forecast()
    expect(limited).toMatchObject({ remaining: 60, daily_limit: { total: 50, free: 50, needs: 60 } })
    expect(inHours(limited.finishes_at)).toBeGreaterThan(23)
    const list = (await app.inject(`/lists/${id}`)).json()
    expect(inHours(list.finishes_at)).toBeGreaterThan(23)
  })

  it('refused rows come as CSV that no spreadsheet runs', async () => {
    const { hub } = await seedSignedIn()
    const { id } = (await upload(hub.id, 'phone,name\n12,=Eva\n59891000001,Ana\n')).json()
    const file = await app.inject(`/lists/${id}/export?format=csv&state=problem`)
    expect(file.headers['content-disposition']).toBe('attachment; filename="orders.csv"')
    expect(file.body.replace('\uFEFF', '').split('\r\n')).toEqual([
      'phone,name,parley_phone,parley_user_id,parley_username,parley_state,parley_reason_code,parley_reason',
      "12,'=Eva,,,,problem,invalid_phone,The phone has fewer than 7 digits.",
      '',
    ])
  })

  it('the rows come as a workbook whose cells are all text', async () => {
    const { hub } = await seedSignedIn()
    const { id } = (await upload(hub.id, 'phone,name\n12,=1+1\n59891000001,Ana\n')).json()
    const file = await app.inject(`/lists/${id}/export?format=xlsx&state=problem`)
    expect(file.headers['content-type']).toBe(
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    )
    expect(file.headers['content-disposition']).toBe('attachment; filename="orders.xlsx"')
    const { sheets } = await readXlsx(file.rawPayload)
    expect(sheets.map(({ name, rows }) => ({ name, rows }))).toEqual([
      {
        name: 'orders',
        rows: [
          [
            'phone',
            'name',
            ...['phone', 'user_id', 'username', 'state', 'reason_code', 'reason'].map(
              (own) => `parley_${own}`,
            ),
          ],
          ['12', '=1+1', '', '', '', 'problem', 'invalid_phone', 'The phone has fewer than 7 digits.'],
        ],
      },
    ])
  })

  it.each([
    ['a file in another field', 'x', 'phone\n59891000001', 'validation_failed'],
    ['a spreadsheet', 'file', 'PK\u0003\u0004', 'file_unreadable'],
  ])('%s is refused', async (_, field, content, code) => {
    const { hub } = await seedSignedIn()
    expect((await upload(hub.id, content, field)).json().error.code).toBe(code)
  })

  it('a body that is no form is refused', async () => {
    const { hub } = await seedSignedIn()
    const answer = await app.inject({ method: 'POST', url: `/hubs/${hub.id}/lists`, payload: { name: 'x' } })
    expect(answer.json().error).toMatchObject({
      code: 'validation_failed',
      details: { fields: [{ path: 'file' }] },
    })
  })

  it('lists of another workspace are not there', async () => {
    const { hub } = await seedSignedIn()
    const { id } = (await upload(hub.id, 'phone,name\n59891000001,Ana\n')).json()
    await seedSignedIn()
    for (const url of [
      `/lists/${id}`,
      `/lists/${id}/recipients`,
      `/lists/${id}/export`,
      `/lists/${id}/preview`,
      `/lists/${id}/forecast`,
    ]) {
      expect((await app.inject(url)).json().error.code).toBe('not_found')
    }
    for (const act of ['start', 'pause', 'resume', 'cancel', 'retry-failed', 'preflight']) {
      const answer = await app.inject({ method: 'POST', url: `/lists/${id}/${act}` })
      expect(answer.json().error.code).toBe('not_found')
    }
  })
})
