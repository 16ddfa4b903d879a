import { describe, expect, test } from 'vitest'
import { checkParameters } from './check-parameters.ts'
import { filled, order, values } from './testing/order-template.ts'

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
