import { expect, it } from 'vitest'
import { contactImportMatch } from '../../../contract/index.ts'
import { draftOf, matchOf, problemOf, withMeaning } from './match-draft.ts'

const columns = ['phone', 'first', 'last', 'town', 'stop']
const match = contactImportMatch.parse({
  phone: 'phone',
  name: ['first', 'last'],
  attributes: { city: 'town' },
  opt_out: { scope: 'marketing', column: 'stop' },
  known: 'keep',
})

it('a match comes back from its draft as it was', () => {
  expect(matchOf(draftOf(columns, match))).toEqual(match)
  const everybody = contactImportMatch.parse({ phone: 'phone', opt_out: { scope: 'all' } })
  expect(matchOf(draftOf(columns, everybody))).toEqual(everybody)
})

it('a column that becomes the phone takes it from the one before', () => {
  const draft = withMeaning(draftOf(columns, match), 'town', { kind: 'phone' })
  expect(matchOf(draft)).toMatchObject({ phone: 'town', attributes: {} })
  expect(draft.meanings.phone).toEqual({ kind: 'none' })
})

it('what can not be sent says why', () => {
  expect(problemOf(draftOf(columns, null))).toEqual({ code: 'nobody' })
  const draft = draftOf(columns, match)
  expect(problemOf(draft)).toBeNull()
  const unnamed = withMeaning(draft, 'last', { kind: 'attribute', name: ' ' })
  expect(problemOf(unnamed)).toEqual({ code: 'attribute_unnamed', column: 'last' })
  const twice = withMeaning(draft, 'last', { kind: 'attribute', name: 'city' })
  expect(problemOf(twice)).toEqual({ code: 'attribute_twice', column: 'town' })
})
