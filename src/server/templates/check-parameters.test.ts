import { describe, expect, test } from 'vitest'
import type { TemplateComponent } from '../../contract/index.ts'
import { checkParameters } from './check-parameters.ts'
import { fillTemplate } from './fill-template.ts'

const order: TemplateComponent[] = [
  { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}', example: { header_text: ['A-17'] } },
  {
    type: 'BODY',
    text: 'Hi {{1}}, your order {{2}} left. Thanks, {{1}}!',
    example: { body_text: [['Ana', 'A-17']] },
  },
  { type: 'FOOTER', text: 'Corner Shop' },
  {
    type: 'BUTTONS',
    buttons: [
      { type: 'QUICK_REPLY', text: 'Stop' },
      {
        type: 'URL',
        text: 'Track',
        url: 'https://shop.example/t/{{1}}',
        example: ['https://shop.example/t/A-17'],
      },
      { type: 'COPY_CODE', text: 'Copy', example: 'SAVE10' },
    ],
  },
]
const values = { 'header.1': 'B-20', '1': 'Luis', '2': 'B-20', 'button.1.1': 'B-20', 'button.2.1': 'WELCOME' }
const filled = (components: TemplateComponent[], given: Record<string, string>) =>
  fillTemplate({ name: 'order_update', language: 'en_US', components }, given)

describe('checking before it is sent', () => {
  const problems = (given: Record<string, string>) => {
    const result = filled(order, { ...values, ...given })
    if (!result.ok) throw new Error('It was not filled.')
    return checkParameters({ components: order }, result.template).map(({ key }) => key)
  }

  test('a filled template is in order', () => {
    expect(problems({})).toEqual([])
  })

  test.each([
    ['a line break', { '1': 'a\nb' }, ['1']],
    ['a tab', { '1': 'a\tb' }, ['1']],
    ['five spaces', { '1': 'a     b' }, ['1']],
    ['blanks only', { '1': '  ' }, ['1']],
    ['a space in a web address', { 'button.1.1': 'a b' }, ['button.1.1']],
    ['a long body', { '1': 'x'.repeat(600) }, ['body']],
    ['a long header', { 'header.1': 'x'.repeat(60) }, ['header']],
    ['a long code', { 'button.2.1': 'x'.repeat(21) }, ['button.2.1']],
  ])('%s is refused', (_, given, expected) => {
    expect(problems(given)).toEqual(expected)
  })

  test.each(['four    spaces', '{{2}}', '<b>', '🎉', "'; drop table", 'a'.repeat(400)])(
    '%j is let through',
    (value) => {
      expect(problems({ '1': value })).toEqual([])
    },
  )

  test('too few, too many and the wrong kind of parameters are refused', () => {
    const keysOf = (components: { type: string; parameters: { type: string }[] }[]) =>
      checkParameters(
        {
          components: [
            { type: 'HEADER', format: 'IMAGE' },
            { type: 'BODY', text: '{{1}}' },
          ],
        },
        { components },
      ).map(({ key }) => key)
    const text = { type: 'text', text: 'x' }
    const image = { type: 'image', image: { link: 'https://cdn.example/a' } }
    const badImage = { type: 'image', image: { link: 'ftp://x' } }
    expect(keysOf([])).toEqual(['header.image', '1'])
    expect(
      keysOf([
        { type: 'header', parameters: [image] },
        { type: 'body', parameters: [text, text] },
      ]),
    ).toEqual(['2'])
    expect(
      keysOf([
        { type: 'header', parameters: [text] },
        { type: 'body', parameters: [text] },
      ]),
    ).toEqual(['header.image', 'header.1'])
    expect(
      keysOf([
        { type: 'header', parameters: [badImage] },
        { type: 'body', parameters: [text] },
      ]),
    ).toEqual(['header.image'])
  })
})
