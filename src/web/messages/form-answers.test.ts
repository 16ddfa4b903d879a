import { expect, test } from 'vitest'
import { formAnswers } from './form-answers.ts'

test('the answers of a form stand line by line, without what belongs to the screen', () => {
  const json = JSON.stringify({
    flow_token: 'x',
    delivery_day: 'Tuesday',
    gifts: ['card', 'ribbon'],
    n: 2,
    a: { b: 1 },
  })
  expect(formAnswers(json)).toEqual([
    { name: 'delivery day', value: 'Tuesday' },
    { name: 'gifts', value: 'card, ribbon' },
    { name: 'n', value: '2' },
    { name: 'b', value: '1' },
  ])
})

test('the lines of an address stand among the answers', () => {
  const json = JSON.stringify({
    saved_address_id: '7',
    values: { street: '18 de Julio', city: 'Montevideo' },
  })
  expect(formAnswers(json).map(({ value }) => value)).toEqual(['7', '18 de Julio', 'Montevideo'])
})

test.each(['', 'no json', 'null', '[1]', '"text"', '{}'])('%j has none', (json) => {
  expect(formAnswers(json)).toEqual([])
})
