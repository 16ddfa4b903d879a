import { describe, expect, test } from 'vitest'
import { templateForm } from './create-template.ts'
import { readTemplate } from './read-template.ts'

const item = {
  id: '5d0f4b1e-3333',
  elementName: 'order_ready',
  languageCode: 'es',
  category: 'UTILITY',
  templateType: 'TEXT',
  status: 'APPROVED',
  quality: 'UNKNOWN',
  reason: null,
  data: 'Hola {{1}}, tu pedido {{2}} está listo. | [Ver,https://shop.example/{{1}}]',
  containerMeta: JSON.stringify({
    data: 'Hola {{1}}, tu pedido {{2}} está listo.',
    header: 'Pedido',
    footer: 'La tienda',
    sampleText: 'Hola [Ana], tu pedido [A-7] está listo.',
    buttons: [
      { type: 'URL', text: 'Ver', url: 'https://shop.example/{{1}}', example: ['https://shop.example/7'] },
    ],
  }),
  meta: '{"example":"Hola Ana, tu pedido A-7 está listo."}',
}

describe('a template of Gupshup’s list', () => {
  test('is read with all its parts, in Meta’s form', () => {
    expect(readTemplate(item)).toEqual([
      {
        external_id: '5d0f4b1e-3333',
        name: 'order_ready',
        language: 'es',
        category: 'UTILITY',
        status: 'APPROVED',
        rejected_reason: null,
        quality: 'UNKNOWN',
        parameter_format: 'POSITIONAL',
        components: [
          { type: 'HEADER', format: 'TEXT', text: 'Pedido' },
          {
            type: 'BODY',
            text: 'Hola {{1}}, tu pedido {{2}} está listo.',
            example: { body_text: [['Ana', 'A-7']] },
          },
          { type: 'FOOTER', text: 'La tienda' },
          {
            type: 'BUTTONS',
            buttons: [
              {
                type: 'URL',
                text: 'Ver',
                url: 'https://shop.example/{{1}}',
                example: ['https://shop.example/7'],
              },
            ],
          },
        ],
      },
    ])
  })

  test.each([
    ['a picture in the header', { templateType: 'IMAGE' }, { type: 'HEADER', format: 'IMAGE' }],
    ['a place in the header', { templateType: 'LOCATION' }, { type: 'HEADER', format: 'LOCATION' }],
  ])('may have %s', (_, more, header) => {
    expect(readTemplate({ ...item, ...more })[0]?.components[0]).toEqual(header)
  })

  test('without its parts shows the text there is', () => {
    const [read] = readTemplate({ ...item, containerMeta: 'not json', meta: null })
    expect(read?.components).toEqual([{ type: 'BODY', text: item.data }])
  })

  test.each([
    ['no id', { id: undefined }],
    ['no name', { elementName: '' }],
    ['no language', { languageCode: 5 }],
  ])('with %s is left out', (_, more) => expect(readTemplate({ ...item, ...more })).toEqual([]))

  test.each([[null], ['text'], [[]], [7]])('that is %j is left out', (odd) => {
    expect(readTemplate(odd)).toEqual([])
  })
})

test('a template to submit becomes Gupshup’s form, samples inside the text', () => {
  const form = templateForm({
    name: 'order_ready',
    language: 'es',
    category: 'UTILITY',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Pedido {{1}}', example: { header_text: ['A-7'] } },
      { type: 'BODY', text: 'Hola {{1}}, el {{2}}.', example: { body_text: [['Ana', 'lunes']] } },
      { type: 'FOOTER', text: 'La tienda' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Gracias' }] },
    ],
  })
  expect(form).toEqual({
    elementName: 'order_ready',
    languageCode: 'es',
    category: 'UTILITY',
    templateType: 'TEXT',
    vertical: 'order_ready',
    content: 'Hola {{1}}, el {{2}}.',
    example: 'Hola [Ana], el [lunes].',
    enableSample: 'true',
    allowTemplateCategoryChange: 'false',
    header: 'Pedido {{1}}',
    exampleHeader: 'Pedido [A-7]',
    footer: 'La tienda',
    buttons: '[{"type":"QUICK_REPLY","text":"Gracias"}]',
  })
})
