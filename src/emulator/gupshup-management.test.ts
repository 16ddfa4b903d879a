import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GupshupStage } from './testing/gupshup-stage.ts'
import { call, type Dict, dict, dicts, until } from './testing/stage.ts'

let stage: GupshupStage
beforeAll(async () => {
  stage = await GupshupStage.open()
})
afterAll(() => stage.close())
beforeEach(() => stage.reset())

describe('templates', () => {
  async function templates(query = ''): Promise<Dict[]> {
    const url = `${stage.url}/wa/app/${stage.app.app_id}/template${query}`
    return dicts((await call('GET', url, { apikey: String(stage.app.api_key) })).body.templates)
  }

  test('are listed by the page, their parts in a JSON text', async () => {
    const all = await templates()
    expect(all.length).toBeGreaterThan(3)
    const paged = [...(await templates('?pageNo=1&pageSize=2')), ...(await templates('?pageNo=2&pageSize=2'))]
    expect(paged.map(({ id }) => id)).toEqual(all.slice(0, 4).map(({ id }) => id))
    expect(dict(JSON.parse(String(all[0]?.containerMeta))).data).toEqual(expect.any(String))
  })

  test('are sent by their id with one list of values, and too few fail later', async () => {
    const found = (await templates()).find(
      ({ templateType, status, containerMeta }) =>
        templateType === 'TEXT' && status === 'APPROVED' && /\{\{1\}\}/.test(String(containerMeta)),
    )
    const body = String(dict(JSON.parse(String(found?.containerMeta))).data)
    const count = new Set(body.match(/\{\{\d+\}\}/g)).size
    const send = (params: string[]) =>
      stage.post('/wa/api/v1/template/msg', {
        destination: '59899123456',
        template: JSON.stringify({ id: found?.id, params }),
      })
    const right = await send(Array.from({ length: count }, () => 'x'))
    await until('delivery', () =>
      stage.statusesOf(right.body.messageId).some(({ type }) => type === 'delivered'),
    )
    const wrong = await send([])
    await until('failure', () => stage.statusesOf(wrong.body.messageId).some(({ type }) => type === 'failed'))
    expect(stage.statusesOf(wrong.body.messageId)[0]).toMatchObject({ id: wrong.body.messageId })
  })

  test('are submitted, reviewed, and the verdict comes as an event', async () => {
    await stage.control('PATCH', '/settings', { template_review_ms: 10 })
    const fields = {
      elementName: 'order_soon',
      languageCode: 'es',
      category: 'UTILITY',
      templateType: 'TEXT',
      vertical: 'order_soon',
      content: 'Hola {{1}}, tu pedido llega pronto.',
      example: 'Hola [Ana], tu pedido llega pronto.',
    }
    const created = await stage.post(`/wa/app/${stage.app.app_id}/template`, fields)
    expect(created).toMatchObject({ status: 200, body: { template: { status: 'PENDING' } } })
    await until('the verdict', () => stage.events('template-event').length === 1)
    expect(stage.events('template-event')[0]).toMatchObject({
      payload: { type: 'status-update', status: 'approved', elementName: 'order_soon', languageCode: 'es' },
    })
  })
})

test('partners pass Meta’s body through, read quality and wallet, and need their own token', async () => {
  await stage.write('59899123456', { type: 'text', text: 'Hi' })
  const base = `${stage.url}/partner/app/${stage.app.app_id}`
  const headers = { authorization: String(stage.app.partner_token) }
  const body = { to: '59899123456', type: 'text', text: { body: 'x' } }
  const sent = await call('POST', `${base}/v3/message`, headers, body)
  await until('statuses', () => stage.statusesOf(dicts(sent.body.messages)[0]?.id).length === 4)
  expect((await call('GET', `${base}/ratings`, headers)).body).toMatchObject({
    health: { qualityRating: 'GREEN', messagingLimits: 'TIER_100K' },
  })
  expect((await call('GET', `${base}/wallet/balance`, headers)).body).toMatchObject({ status: 'success' })
  expect(dicts((await call('GET', `${base}/templates`, headers)).body.templates).length).toBeGreaterThan(3)
  expect((await call('GET', `${base}/ratings`, { authorization: String(stage.app.api_key) })).status).toBe(
    401,
  )
})

test('news of the account are told in Gupshup’s words', async () => {
  await stage.control('PATCH', `/accounts/${stage.app.waba_id}`, {
    review_status: 'REJECTED',
    messaging_limit: 'TIER_2K',
  })
  await until('two events', () => stage.events('account-event').length === 2)
  expect(stage.events('account-event').map((event) => dict(event.payload))).toEqual(
    expect.arrayContaining([
      { type: 'review-event', payload: { status: 'rejected', actionDate: expect.any(String) } },
      {
        type: 'capability-event',
        payload: { maxDailyConversationPerPhone: 2000, maxPhoneNumbersPerBusiness: 25 },
      },
    ]),
  )
})
