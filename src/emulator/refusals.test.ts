import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Dict, dict, dicts, errorOf, Stage, welcome } from './testing/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await Stage.open()
})

afterAll(() => stage.close())

const template = (name: string, components: Dict[], language = 'en_US'): Dict => ({
  to: '14155550130',
  type: 'template',
  template: { name, language: { code: language }, components },
})

const texts = (...values: string[]): Dict[] => values.map((text) => ({ type: 'text', text }))

const refusals: [promise: string, code: number, status: number, message: Dict][] = [
  ['a missing messaging_product', 131008, 400, { messaging_product: undefined, to: '14155550130' }],
  ['a missing recipient', 131008, 400, { text: { body: 'x' } }],
  ['a recipient that is no phone', 131009, 400, { to: '12-ab', text: { body: 'x' } }],
  ['a type nobody knows', 100, 400, { to: '14155550130', type: 'telegram' }],
  ['a text without a body', 131008, 400, { to: '14155550130', text: {} }],
  ['a text of 4097 characters', 100, 400, { to: '14155550130', text: { body: 'x'.repeat(4097) } }],
  [
    'opaque data of 513 characters',
    100,
    400,
    { to: '14155550130', ...welcome, biz_opaque_callback_data: 'x'.repeat(513) },
  ],
  [
    'an image with id and link',
    100,
    400,
    { to: '14155550130', type: 'image', image: { id: '1', link: 'https://a.example/b' } },
  ],
  ['media nobody uploaded', 131009, 400, { to: '14155550130', type: 'image', image: { id: '42' } }],
  ['a link that is none', 131009, 400, { to: '14155550130', type: 'image', image: { link: 'ftp://a' } }],
  [
    'a caption on audio',
    100,
    400,
    { to: '14155550130', type: 'audio', audio: { link: 'https://a.example/b', caption: 'x' } },
  ],
  [
    'a latitude beyond the pole',
    131009,
    400,
    { to: '14155550130', type: 'location', location: { latitude: 91, longitude: 0 } },
  ],
  ['a reaction to nothing', 131008, 400, { to: '14155550130', type: 'reaction', reaction: { emoji: '👍' } }],
  [
    'contacts without names',
    131008,
    400,
    { to: '14155550130', type: 'contacts', contacts: [{ phones: [] }] },
  ],
  ['a template that does not exist', 132001, 404, template('nowhere', [])],
  ['a template in another language', 132001, 404, template('welcome', [], 'fr')],
  ['a pending template', 132001, 404, template('loyalty_invite', [])],
  [
    'too few variables',
    132000,
    400,
    template('order_confirmation', [{ type: 'body', parameters: texts('Ana') }]),
  ],
  [
    'an empty variable',
    131008,
    400,
    template('order_confirmation', [{ type: 'body', parameters: texts('Ana', '') }]),
  ],
  [
    'a variable with a newline',
    132018,
    400,
    template('order_confirmation', [{ type: 'body', parameters: texts('A\nna', '1') }]),
  ],
  [
    'a body too long when filled',
    132005,
    400,
    template('order_confirmation', [{ type: 'body', parameters: texts('x'.repeat(1100), '1') }]),
  ],
  [
    'a missing header picture',
    132012,
    400,
    template('spring_offer', [{ type: 'body', parameters: texts('Ana') }]),
  ],
  [
    'a link button without its part',
    131008,
    400,
    template('order_shipped', [
      { type: 'header', parameters: texts('Q-1') },
      { type: 'body', parameters: texts('Ana', 'Friday') },
    ]),
  ],
  [
    'a named variable without its name',
    132000,
    400,
    template('appointment_reminder', [{ type: 'body', parameters: texts('Ana', 'Friday') }]),
  ],
  [
    'four reply buttons',
    131009,
    400,
    {
      to: '14155550130',
      type: 'interactive',
      interactive: {
        type: 'button',
        body: { text: 'Choose' },
        action: {
          buttons: [1, 2, 3, 4].map((id) => ({ type: 'reply', reply: { id: `${id}`, title: `${id}` } })),
        },
      },
    },
  ],
  [
    'eleven rows in a list',
    131009,
    400,
    {
      to: '14155550130',
      type: 'interactive',
      interactive: {
        type: 'list',
        body: { text: 'Choose' },
        action: {
          button: 'Open',
          sections: [{ rows: Array.from({ length: 11 }, (_, id) => ({ id: `${id}`, title: `${id}` })) }],
        },
      },
    },
  ],
]

describe('refusing', () => {
  it.each(refusals)('%s is refused with %i', async (_promise, code, status, message) => {
    const answer = await stage.send(message)
    expect(errorOf(answer).code).toBe(code)
    expect(answer.status).toBe(status)
    expect(errorOf(answer)).toMatchObject({ type: 'OAuthException', fbtrace_id: expect.any(String) })
  })

  it('a paused and a disabled template have codes of their own', async () => {
    const { body } = await stage.control('GET', `/templates?waba_id=${stage.account.wabaId}`)
    const id = dicts(body.data).find((each) => each.name === 'welcome')?.id
    await stage.control('PATCH', `/templates/${id}`, { status: 'PAUSED' })
    expect(errorOf(await stage.sendTemplate('14155550131')).code).toBe(132015)
    await stage.control('PATCH', `/templates/${id}`, { status: 'DISABLED' })
    expect(errorOf(await stage.sendTemplate('14155550131')).code).toBe(132016)
    await stage.control('PATCH', `/templates/${id}`, { status: 'APPROVED' })
    expect((await stage.sendTemplate('14155550131')).status).toBe(200)
  })

  it('a token that is wrong, expired or for another account', async () => {
    const { numberId, wabaId } = stage.account
    const message = { messaging_product: 'whatsapp', to: '14155550132', ...welcome }
    const wrong = await stage.graph('POST', `/${numberId}/messages`, message, 'EAAwrong')
    expect([wrong.status, errorOf(wrong).code]).toEqual([401, 190])
    const other = await stage.newAccount({})
    const foreign = await stage.graph('POST', `/${numberId}/messages`, message, other.token)
    expect([foreign.status, errorOf(foreign).code]).toEqual([403, 200])
    await stage.control('PATCH', `/accounts/${wabaId}`, { token_expired: true })
    const expired = await stage.send({ to: '14155550132', ...welcome })
    expect(errorOf(expired)).toMatchObject({ code: 190, error_subcode: 463 })
    await stage.control('PATCH', `/accounts/${wabaId}`, { token_expired: false })
    const nobody = await stage.graph('POST', '/999/messages', message)
    expect(errorOf(nobody)).toMatchObject({ code: 100, error_subcode: 33 })
  })

  it('a body that is no JSON is refused and not entered in the ledger', async () => {
    const before = dict((await stage.control('GET', '/ledger?summary=1')).body).accepted
    const response = await fetch(`${stage.emulator.url}/v25.0/${stage.account.numberId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stage.account.token}` },
      body: '{"to":',
    })
    expect(response.status).toBe(400)
    expect(dict((await stage.control('GET', '/ledger?summary=1')).body).accepted).toBe(before)
  })
})
