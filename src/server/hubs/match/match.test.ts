import { describe, expect, it } from 'vitest'
import type { TemplateVariable } from '../../../contract/index.ts'
import { checkRow, createRowReader, readVariables } from './check-row.ts'
import { presentProblem } from './problem.ts'
import { suggestMatch } from './suggest-match.ts'

function bodyVariables(...keys: string[]): TemplateVariable[] {
  return keys.map((key) => ({ key, place: 'body', kind: 'text', sample: null }))
}

describe('the suggested match', () => {
  it.each([
    [['Name', 'Phone'], 'Phone'],
    [['nombre', 'Número de Teléfono'], 'Número de Teléfono'],
    [['Nome', 'Celular'], 'Celular'],
    [['الاسم', 'رقم الهاتف'], 'رقم الهاتف'],
    [['order_number', 'customer mobile phone'], 'customer mobile phone'],
    [['Vorname', 'Handynummer'], 'Handynummer'],
  ])('finds the phone column among %j', (columns, phone) => {
    expect(suggestMatch({ columns, sample: [], variables: [], remembered: null })?.phone).toBe(phone)
  })

  it('believes the cells more than the names', () => {
    const sample = [
      ['A-1', '598091234567'],
      ['A-2', '598091234568'],
    ]
    expect(suggestMatch({ columns: ['number', 'x'], sample, variables: [], remembered: null })?.phone).toBe(
      'x',
    )
  })

  it('prefers the filled one of two phone columns', () => {
    const sample = [
      ['', '598091234567'],
      ['22', '598091234568'],
    ]
    const match = suggestMatch({ columns: ['phone', 'celular'], sample, variables: [], remembered: null })
    expect(match?.phone).toBe('celular')
  })

  it('is null when nothing looks like phones', () => {
    expect(
      suggestMatch({ columns: ['a', 'b'], sample: [['x', 'y']], variables: [], remembered: null }),
    ).toBeNull()
  })

  it('gives named variables their column and numbered ones the columns in order', () => {
    const columns = ['phone', 'name', 'order_number']
    expect(
      suggestMatch({ columns, sample: [], variables: bodyVariables('1', '2', '3'), remembered: null }),
    ).toEqual({
      phone: 'phone',
      variables: { 1: { column: 'name' }, 2: { column: 'order_number' } },
    })
    expect(
      suggestMatch({
        columns,
        sample: [],
        variables: bodyVariables('order number', 'name'),
        remembered: null,
      })?.variables,
    ).toEqual({ 'order number': { column: 'order_number' }, name: { column: 'name' } })
  })

  it('keeps what was chosen the last time', () => {
    const remembered = { phone: 'b', variables: { 1: { column: 'a', fallback: 'friend' } } }
    expect(
      suggestMatch({ columns: ['a', 'b'], sample: [], variables: bodyVariables('1'), remembered }),
    ).toEqual(remembered)
  })
})

describe('a row', () => {
  const reader = createRowReader(['phone', 'name', 'city'], {
    phone: 'phone',
    variables: { 1: { column: 'name', fallback: 'friend' }, 2: { column: 'city' }, 3: { constant: 'hello' } },
  })

  it('takes fallbacks for empty cells and keeps braces as data', () => {
    expect(readVariables(reader, ['598091234567', '  ', 'a {{1}} b'], {})).toEqual({
      1: 'friend',
      2: 'a {{1}} b',
      3: 'hello',
    })
  })

  it('has no line breaks, tabs or long gaps in its values', () => {
    expect(readVariables(reader, ['598091234567', 'A\r\nB\tC      D', 'x'], {})).toMatchObject({
      1: 'A B C   D',
    })
  })

  it.each([
    [['+598 (91) 234-567', 'Ana', 'Rocha'], { phone: '59891234567', problem: null }],
    [['1e15', 'Ana', 'Rocha'], { phone: null, problem: 'invalid_phone:letters' }],
    [['+0', 'Ana', 'Rocha'], { phone: null, problem: 'invalid_phone:national_form' }],
    [['59891234567', 'Ana'], { phone: '59891234567', problem: 'missing_variable:2' }],
    [['59891234567', 'Ana', 'Rocha', ''], { phone: '59891234567', problem: null }],
    [['59891234567', 'Pérez', 'Ana', 'Rocha'], { phone: null, problem: 'wrong_columns' }],
  ])('%j is judged', (cells, verdict) => {
    expect(checkRow(reader, cells)).toEqual({ user_id: null, ...verdict })
  })

  it('is judged by what the template takes, before the start', () => {
    const template = {
      name: 'offer',
      language: 'en',
      components: [
        { type: 'BODY', text: 'Hello {{1}}, {{2}}' },
        { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Open', url: 'https://shop.example/{{1}}' }] },
      ],
    }
    const variables = {
      1: { attribute: 'name' },
      2: { column: 'text' },
      'button.0.1': { column: 'path' },
    }
    const strict = createRowReader(['phone', 'text', 'path'], { phone: 'phone', variables }, template)
    const problemOf = (text: string, path: string) =>
      checkRow(strict, ['59891234567', text, path]).problem?.split(':').slice(0, 2).join(':') ?? null
    expect(problemOf('welcome', 'a/b')).toBeNull()
    expect(problemOf('welcome', 'a b')).toBe('wrong_value:button.0.1')
    expect(problemOf('x'.repeat(1100), 'a')).toBe('wrong_value:body')
  })

  it('says why it is left out', () => {
    expect(presentProblem('invalid_phone:letters', '1e15')).toEqual({
      code: 'invalid_phone',
      message: 'The phone has letters in it.',
    })
    expect(presentProblem('missing_variable:2', '').message).toContain('variable 2')
  })
})
