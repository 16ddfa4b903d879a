import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dicts, errorOf, Stage, until, wamidOf } from './testing/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await Stage.open()
  await stage.settings({ enforce_window: false, callback_concurrency: 1 })
})

afterAll(() => stage.close())

describe('sending', () => {
  it('answers with the contact and a wamid of its own for each message', async () => {
    const first = await stage.send({ to: '+1 (415) 555-0123', type: 'text', text: { body: 'Hello' } })
    const second = await stage.send({ to: '14155550123', text: { body: 'Hello' } })
    expect(first.status).toBe(200)
    expect(first.body.messaging_product).toBe('whatsapp')
    expect(dicts(first.body.contacts)[0]).toMatchObject({ input: '+1 (415) 555-0123', wa_id: '14155550123' })
    expect(wamidOf(first)).toMatch(/^wamid\.HBgL[A-Za-z0-9+/=]{30,}$/)
    expect(wamidOf(second)).not.toBe(wamidOf(first))
    expect(dicts(first.body.messages)[0]).not.toHaveProperty('message_status')
  })

  it('says accepted for a template', async () => {
    const answer = await stage.sendTemplate('14155550124')
    expect(dicts(answer.body.messages)[0]?.message_status).toBe('accepted')
  })

  it('tells sent, delivered and read, with the opaque data in each', async () => {
    const answer = await stage.sendTemplate('14155550125', { biz_opaque_callback_data: 'list-1|row-1' })
    const wamid = wamidOf(answer)
    await until('three statuses', () => stage.hub.statusesOf(wamid).length === 3)
    expect(stage.hub.statusesOf(wamid)).toEqual(['sent', 'delivered', 'read'])
    const statuses = stage.hub.values().flatMap((value) => dicts(value.statuses))
    const mine = statuses.filter((status) => status.id === wamid)
    for (const status of mine) expect(status.biz_opaque_callback_data).toBe('list-1|row-1')
    expect(mine[0]?.pricing).toEqual({
      billable: true,
      pricing_model: 'PMP',
      type: 'regular',
      category: 'marketing',
    })
    expect(mine[0]?.timestamp).toMatch(/^\d{10}$/)
  })

  it('gives a Mexican and a Brazilian number the form WhatsApp keeps', async () => {
    const mexican = await stage.sendTemplate('525512345678')
    const brazilian = await stage.sendTemplate('5551987654321')
    expect(dicts(mexican.body.contacts)[0]).toMatchObject({ input: '525512345678', wa_id: '5215512345678' })
    expect(dicts(brazilian.body.contacts)[0]).toMatchObject({ input: '5551987654321', wa_id: '555187654321' })
  })

  it('fails a text outside the window with 131047, and lets it through inside', async () => {
    await stage.settings({ enforce_window: true })
    const outside = await stage.send({ to: '14155550126', text: { body: 'Hi' } })
    await until('the failure', () => stage.hub.statusesOf(wamidOf(outside)).length > 0)
    expect(stage.hub.statusesOf(wamidOf(outside))).toEqual(['failed:131047'])
    await stage.control('POST', '/customers/14155550126/messages', {
      to: stage.account.numberId,
      type: 'text',
      text: 'Hi',
    })
    const inside = await stage.send({ to: '14155550126', text: { body: 'Hi' } })
    await until('read', () => stage.hub.statusesOf(wamidOf(inside)).includes('read'))
    await stage.settings({ enforce_window: false })
  })

  it('marks a received message read, and knows none it never sent', async () => {
    const { body } = await stage.control('POST', '/customers/14155550127/messages', {
      to: stage.account.numberId,
      type: 'text',
      text: 'Anyone there?',
    })
    const read = { status: 'read', message_id: body.id, typing_indicator: { type: 'text' } }
    expect((await stage.send(read)).body).toEqual({ success: true })
    const thread = await stage.control('GET', '/customers/14155550127/thread')
    expect(dicts(thread.body.data)[0]?.read_by_business).toBe(true)
    expect(errorOf(await stage.send({ status: 'read', message_id: 'wamid.unknown' })).code).toBe(131009)
  })
})
