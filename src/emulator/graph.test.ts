import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Dict, dict, dicts, errorOf, Stage, until, wamidOf } from './testing/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await Stage.open()
  await stage.settings({ template_review_ms: 30, enforce_window: false })
})

afterAll(() => stage.close())

describe('numbers and accounts', () => {
  it('a number tells the fields asked for and leads to its account', async () => {
    const fields =
      'display_phone_number,verified_name,quality_rating,throughput,whatsapp_business_account,health_status{entities}'
    const { body } = await stage.graph('GET', `/${stage.account.numberId}?fields=${fields}`)
    expect(body).toMatchObject({
      id: stage.account.numberId,
      verified_name: 'Quiet Harbor Goods',
      quality_rating: 'GREEN',
      throughput: { level: 'HIGH' },
      whatsapp_business_account: { id: stage.account.wabaId },
      health_status: { can_send_message: 'AVAILABLE' },
    })
    expect(body).not.toHaveProperty('name_status')
    const limit = await stage.graph(
      'GET',
      `/${stage.account.numberId}?fields=whatsapp_business_manager_messaging_limit`,
    )
    expect(limit.body.whatsapp_business_manager_messaging_limit).toBe('TIER_100K')
  })

  it('a field that does not exist is an error', async () => {
    const answer = await stage.graph('GET', `/${stage.account.numberId}?fields=id,shoe_size`)
    expect(errorOf(answer)).toMatchObject({ code: 100, message: expect.stringContaining('shoe_size') })
  })

  it('an account lists its numbers', async () => {
    const { body } = await stage.graph(
      'GET',
      `/${stage.account.wabaId}/phone_numbers?fields=id,display_phone_number`,
    )
    expect(dicts(body.data).map((number) => number.id)).toEqual([stage.account.numberId])
    const waba = await stage.graph('GET', `/${stage.account.wabaId}?fields=name,account_review_status`)
    expect(waba.body).toMatchObject({ id: stage.account.wabaId, account_review_status: 'APPROVED' })
  })

  it('a number is registered with its own pin only', async () => {
    const register = (pin: string) =>
      stage.graph('POST', `/${stage.account.numberId}/register`, { messaging_product: 'whatsapp', pin })
    expect((await register('123456')).body).toEqual({ success: true })
    expect(errorOf(await register('654321')).code).toBe(133005)
    expect(errorOf(await register('12')).code).toBe(131009)
    expect((await stage.graph('POST', `/${stage.account.numberId}/deregister`)).body).toEqual({
      success: true,
    })
    expect(errorOf(await stage.sendTemplate('14155580001')).code).toBe(133010)
    await register('123456')
  })
})

describe('apps and tokens', () => {
  it('an app secret can be proven, in both ways Meta offers', async () => {
    const { appId, appSecret, token } = stage.account
    const base = `${stage.emulator.url}/v25.0/app`
    const right = await fetch(`${base}?access_token=${encodeURIComponent(`${appId}|${appSecret}`)}`)
    expect(dict(await right.json()).id).toBe(appId)
    const wrong = await fetch(`${base}?access_token=${encodeURIComponent(`${appId}|wrong`)}`)
    expect(wrong.status).toBe(401)
    expect(dict(dict(await wrong.json()).error).code).toBe(190)
    const proof = createHmac('sha256', appSecret).update(token).digest('hex')
    expect((await stage.graph('GET', `/app?appsecret_proof=${proof}`)).body.id).toBe(appId)
    expect(errorOf(await stage.graph('GET', `/app?appsecret_proof=${'0'.repeat(64)}`)).code).toBe(100)
  })

  it('a token tells what it may do', async () => {
    const { appId, token, wabaId } = stage.account
    const { body } = await stage.graph('GET', `/debug_token?input_token=${token}`)
    expect(body.data).toMatchObject({ app_id: appId, is_valid: true, type: 'SYSTEM_USER' })
    const scopes = dicts(dict(body.data).granular_scopes)
    expect(scopes.map((scope) => scope.target_ids)).toEqual([[wabaId], [wabaId]])
    const wrong = await stage.graph('GET', '/debug_token?input_token=EAAnothing')
    expect(dict(wrong.body.data).is_valid).toBe(false)
  })
})

describe('templates', () => {
  it('hundreds of them come in pages, each once, and the last page has no next', async () => {
    const account = await stage.newAccount({ template_count: 230 })
    const seen: unknown[] = []
    let path: string | undefined = `/${account.wabaId}/message_templates?limit=50&fields=name,language,status`
    let pages = 0
    while (path !== undefined) {
      const { body }: { body: Dict } = await stage.graph('GET', path, undefined, account.token)
      pages += 1
      seen.push(...dicts(body.data).map((template) => template.id))
      const next = dict(body.paging).next
      path = typeof next === 'string' ? next : undefined
    }
    expect(pages).toBe(5)
    expect(seen).toHaveLength(230)
    expect(new Set(seen).size).toBe(230)
  })

  it('a page without a limit holds 25, and a wrong cursor is refused', async () => {
    const account = await stage.newAccount({ template_count: 40 })
    const first = await stage.graph('GET', `/${account.wabaId}/message_templates`, undefined, account.token)
    expect(dicts(first.body.data)).toHaveLength(25)
    const wrong = await stage.graph(
      'GET',
      `/${account.wabaId}/message_templates?after=x`,
      undefined,
      account.token,
    )
    expect(errorOf(wrong).code).toBe(131059)
  })

  it('the first ones cover every category, several languages and verdicts', async () => {
    const { body } = await stage.graph(
      'GET',
      `/${stage.account.wabaId}/message_templates?limit=100&fields=name,language,status,category,components`,
    )
    const all = dicts(body.data)
    expect(new Set(all.map((each) => each.category))).toEqual(
      new Set(['UTILITY', 'MARKETING', 'AUTHENTICATION']),
    )
    expect(new Set(all.map((each) => each.status))).toEqual(new Set(['APPROVED', 'PENDING', 'REJECTED']))
    expect(all.some((each) => each.language === 'ar')).toBe(true)
    const approved = await stage.graph('GET', `/${stage.account.wabaId}/message_templates?status=REJECTED`)
    expect(dicts(approved.body.data).map((each) => each.name)).toEqual(['prize_draw'])
  })

  const draft = (name: string, text: string, rest: Dict = {}): Dict => ({
    name,
    language: 'en_US',
    category: 'UTILITY',
    components: [{ type: 'BODY', text, example: { body_text: [['Marta']] } }],
    ...rest,
  })

  const create = (body: Dict) => stage.graph('POST', `/${stage.account.wabaId}/message_templates`, body)

  it('a new one is pending, reviewed, announced and can then be sent', async () => {
    const created = await create(draft('pickup_ready', 'Hello {{1}}, your order waits for you at the shop.'))
    expect(created.body).toMatchObject({ status: 'PENDING', category: 'UTILITY' })
    await until('the verdict', () =>
      stage.hub
        .values()
        .some((value) => value.event === 'APPROVED' && value.message_template_name === 'pickup_ready'),
    )
    const template = {
      name: 'pickup_ready',
      language: { code: 'en_US' },
      components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] }],
    }
    expect((await stage.send({ to: '14155580002', type: 'template', template })).status).toBe(200)
    const removed = await stage.graph(
      'DELETE',
      `/${stage.account.wabaId}/message_templates?name=pickup_ready`,
    )
    expect(removed.body).toEqual({ success: true })
    expect(errorOf(await stage.send({ to: '14155580002', type: 'template', template })).code).toBe(132001)
  })

  it('a name with reject in it is rejected, with its reason', async () => {
    const { body } = await create(draft('please_reject', 'Hello {{1}}, this is what nobody wants to read.'))
    await until('the verdict', async () => {
      const shown = await stage.graph('GET', `/${body.id}?fields=status,rejected_reason`)
      return shown.body.status === 'REJECTED' && shown.body.rejected_reason === 'TAG_CONTENT_MISMATCH'
    })
  })

  it.each([
    ['a variable at the end', draft('bad_one', 'Hello {{1}}'), 2388299],
    [
      'a variable without a sample',
      draft('bad_two', 'Hello {{1}} and welcome to us', {
        components: [{ type: 'BODY', text: 'Hello {{1}} and welcome' }],
      }),
      2388043,
    ],
    ['too many variables', draft('bad_three', 'Hi {{1}} {{2}} {{3}} ok'), 2388293],
    ['the same name and language', draft('welcome', 'Hello {{1}} and welcome to us'), 2388024],
  ])('%s is refused with its subcode', async (_promise, body, subcode) => {
    const answer = await create(body)
    expect(errorOf(answer)).toMatchObject({
      code: 100,
      error_subcode: subcode,
      error_user_title: expect.any(String),
    })
  })

  it('a change of category is announced and then done', async () => {
    const { body } = await stage.control('GET', `/templates?waba_id=${stage.account.wabaId}`)
    const id = dicts(body.data).find((each) => each.name === 'order_shipped')?.id
    await stage.control('PATCH', `/templates/${id}`, { correct_category: 'MARKETING' })
    await stage.control('PATCH', `/templates/${id}`, { category: 'MARKETING' })
    const news = () =>
      stage.hub
        .changes()
        .filter((change) => change.field === 'template_category_update')
        .map((change) => dict(change.value))
    await until('both', () => news().length === 2)
    expect(news()[0]).toMatchObject({ new_category: 'UTILITY', correct_category: 'MARKETING' })
    expect(news()[1]).toMatchObject({ previous_category: 'UTILITY', new_category: 'MARKETING' })
  })
})

describe('media', () => {
  it('goes up, is sent by id, comes down with a token only, and is deleted', async () => {
    const form = new FormData()
    form.set('messaging_product', 'whatsapp')
    form.set('type', 'image/png')
    form.set('file', new Blob([new Uint8Array([1, 2, 3])], { type: 'image/png' }), 'dot.png')
    const headers = { authorization: `Bearer ${stage.account.token}` }
    const url = `${stage.emulator.url}/v25.0/${stage.account.numberId}/media`
    const uploaded = dict(await (await fetch(url, { method: 'POST', headers, body: form })).json())
    const shown = await stage.graph('GET', `/${uploaded.id}`)
    expect(shown.body).toMatchObject({
      mime_type: 'image/png',
      file_size: 3,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const sent = await stage.send({ to: '14155580003', type: 'image', image: { id: uploaded.id } })
    expect(wamidOf(sent)).toMatch(/^wamid\./)
    const link = String(shown.body.url)
    expect((await fetch(link)).status).toBe(401)
    const bytes = new Uint8Array(await (await fetch(link, { headers })).arrayBuffer())
    expect([...bytes]).toEqual([1, 2, 3])
    expect((await fetch(link.replace(/ext=\d+/, 'ext=1000'), { headers })).status).toBe(404)
    expect((await stage.graph('DELETE', `/${uploaded.id}`)).body).toEqual({ success: true })
    expect(errorOf(await stage.graph('GET', `/${uploaded.id}`)).code).toBe(100)
  })

  it('of a kind WhatsApp does not take is refused', async () => {
    const form = new FormData()
    form.set('file', new Blob(['<svg/>'], { type: 'image/svg+xml' }), 'a.svg')
    const headers = { authorization: `Bearer ${stage.account.token}` }
    const url = `${stage.emulator.url}/v25.0/${stage.account.numberId}/media`
    const answer = dict(await (await fetch(url, { method: 'POST', headers, body: form })).json())
    expect(dict(answer.error).code).toBe(100)
  })
})
