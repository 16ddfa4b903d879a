import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderPreview, valuesOf } from './preview.ts'
import { readComponents, statusAfter } from './template.ts'
import { filled, order, values } from './testing/order-template.ts'
import { unfillableParts, variablesOf } from './variables.ts'

describe('the variables of a template', () => {
  test('come in reading order, each once, with their samples', () => {
    expect(variablesOf(order)).toEqual([
      { key: 'header.1', place: 'header', kind: 'text', sample: 'A-17' },
      { key: '1', place: 'body', kind: 'text', sample: 'Ana' },
      { key: '2', place: 'body', kind: 'text', sample: 'A-17' },
      { key: 'button.1.1', place: 'button', kind: 'text', sample: 'https://shop.example/t/A-17' },
      { key: 'button.2.1', place: 'button', kind: 'text', sample: 'SAVE10' },
    ])
  })

  test('may have names', () => {
    const body_text_named_params = [
      { param_name: 'order_number', example: 'A-17' },
      { param_name: 'first_name', example: 'Ana' },
    ]
    const named = [
      { type: 'body', text: 'Hi {{first_name}}, {{order_number}}', example: { body_text_named_params } },
    ]
    expect(variablesOf(named).map(({ key, sample }) => [key, sample])).toEqual([
      ['first_name', 'Ana'],
      ['order_number', 'A-17'],
    ])
  })

  test.each(['image', 'video', 'document'] as const)('a header with a file asks for it (%s)', (kind) => {
    const header = { type: 'header', format: kind, example: { header_handle: ['https://cdn.example/1'] } }
    expect(variablesOf([header])).toEqual([
      { key: `header.${kind}`, place: 'header', kind, sample: 'https://cdn.example/1' },
    ])
  })

  test('none are found where there are none, or where the form is odd', () => {
    expect(variablesOf([])).toEqual([])
    expect(variablesOf([{ type: 'BODY' }, { type: 'HEADER' }, { type: 'BUTTONS' }])).toEqual([])
    expect(variablesOf(readComponents([{ type: 'BODY', text: 'No {{}} { {1}} {{a b}}' }, 7, null]))).toEqual(
      [],
    )
  })

  test('cards, offers and places can not be filled from values', () => {
    const parts = [
      { type: 'carousel' },
      { type: 'LIMITED_TIME_OFFER' },
      { type: 'HEADER', format: 'LOCATION' },
    ]
    expect(unfillableParts(parts)).toEqual(['carousel', 'limited_time_offer', 'header.location'])
    expect(filled(parts, {})).toEqual({
      ok: false,
      missing: ['carousel', 'limited_time_offer', 'header.location'],
    })
  })
})

describe('filling a template', () => {
  test('gives what the provider wants', () => {
    expect(filled(order, values)).toEqual({
      ok: true,
      template: {
        name: 'order_update',
        language: { code: 'en_US' },
        components: [
          { type: 'header', parameters: [{ type: 'text', text: 'B-20' }] },
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'Luis' },
              { type: 'text', text: 'B-20' },
            ],
          },
          { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'B-20' }] },
          {
            type: 'button',
            sub_type: 'copy_code',
            index: '2',
            parameters: [{ type: 'coupon_code', coupon_code: 'WELCOME' }],
          },
        ],
      },
    })
  })

  test('positional values go by number, named ones by name, files by address or id', () => {
    const components = [
      { type: 'HEADER', format: 'IMAGE' },
      { type: 'BODY', text: '{{2}} before {{1}}' },
    ]
    expect(
      filled(components, { 'header.image': 'https://cdn.example/a.png', '1': 'one', '2': 'two' }),
    ).toMatchObject({
      template: {
        components: [
          { type: 'header', parameters: [{ type: 'image', image: { link: 'https://cdn.example/a.png' } }] },
          { type: 'body', parameters: [{ text: 'one' }, { text: 'two' }] },
        ],
      },
    })
    expect(filled([{ type: 'HEADER', format: 'DOCUMENT' }], { 'header.document': '12345' })).toMatchObject({
      template: { components: [{ parameters: [{ type: 'document', document: { id: '12345' } }] }] },
    })
    expect(filled([{ type: 'BODY', text: 'Hi {{name}}.' }], { name: 'Ana' })).toMatchObject({
      template: { components: [{ parameters: [{ type: 'text', parameter_name: 'name', text: 'Ana' }] }] },
    })
  })

  test('says what is missing', () => {
    expect(filled(order, { '1': 'Luis', '2': '' })).toEqual({
      ok: false,
      missing: ['header.1', '2', 'button.1.1', 'button.2.1'],
    })
    expect(filled([{ type: 'BODY', text: '{{toString}}' }], {})).toEqual({ ok: false, missing: ['toString'] })
  })

  test('without variables there is nothing to fill', () => {
    expect(filled([{ type: 'BODY', text: 'Hello.' }], {})).toEqual({
      ok: true,
      template: { name: 'order_update', language: { code: 'en_US' } },
    })
  })
})

describe('the preview', () => {
  test('reads as WhatsApp shows it', () => {
    expect(renderPreview(order, values)).toEqual({
      header: { format: 'TEXT', text: 'Order B-20' },
      body: 'Hi Luis, your order B-20 left. Thanks, Luis!',
      footer: 'Corner Shop',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Stop' },
        { type: 'URL', text: 'Track', url: 'https://shop.example/t/B-20' },
        { type: 'COPY_CODE', text: 'Copy', code: 'WELCOME' },
      ],
    })
  })

  test('leaves what has no value visible', () => {
    expect(renderPreview(order, {}).body).toBe('Hi {{1}}, your order {{2}} left. Thanks, {{1}}!')
  })

  test('T40: values are data: braces, dollars and names of properties inside them stay as they are', () => {
    const body = [{ type: 'BODY', text: 'A {{1}} B {{2}} C' }]
    expect(renderPreview(body, { '1': '{{2}}', '2': "$& $1 $' {{1}}" }).body).toBe(
      "A {{2}} B $& $1 $' {{1}} C",
    )
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, two) => {
        expect(renderPreview(body, { '1': one, '2': two }).body).toBe(`A ${one} B ${two} C`)
      }),
    )
  })

  test('any components and values at all give a preview and never throw', () => {
    const component = fc.record(
      {
        type: fc.constantFrom('HEADER', 'BODY', 'BUTTONS', 'footer', '__proto__'),
        format: fc.constantFrom('TEXT', 'IMAGE', 'odd'),
        text: fc.string(),
        buttons: fc.array(fc.record({ type: fc.constantFrom('URL', 'COPY_CODE', 'x'), url: fc.string() })),
        example: fc.dictionary(fc.constantFrom('body_text', 'header_text'), fc.jsonValue()),
      },
      { requiredKeys: ['type'] },
    )
    fc.assert(
      fc.property(fc.array(component), fc.dictionary(fc.string(), fc.string()), (components, given) => {
        expect(typeof renderPreview(components, given).body).toBe('string')
        const keys = variablesOf(components).map(({ key }) => key)
        const result = filled(components, Object.fromEntries(keys.map((key) => [key, 'v'])))
        expect(result.ok).toBe(true)
      }),
    )
  })

  test('of a template written out by hand is the same', () => {
    const result = filled(order, values)
    if (!result.ok) throw new Error('It was not filled.')
    expect({ ...valuesOf(order, result.template) }).toEqual(values)
    const money = [
      { type: 'body', parameters: [{ type: 'currency', currency: { fallback_value: '$5', code: 'USD' } }] },
    ]
    expect({ ...valuesOf(order, { components: money }) }).toEqual({ '1': '$5' })
  })
})

test.each([
  ['APPROVED', 'APPROVED'],
  ['approved', 'APPROVED'],
  ['REINSTATED', 'APPROVED'],
  ['LOCKED', 'PAUSED'],
  ['ARCHIVED', 'DISABLED'],
  ['PENDING_DELETION', 'DELETED'],
  ['FLAGGED', null],
  ['constructor', null],
])('after %s a template is %s', (word, status) => {
  expect(statusAfter(word)).toBe(status)
})
