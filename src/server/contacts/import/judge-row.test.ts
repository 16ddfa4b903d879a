import { describe, expect, it } from 'vitest'
import { contactImportMatch } from '../../../contract/index.ts'
import { createRowJudge } from './judge-row.ts'
import { explainRefusal } from './present-refusal.ts'
import { suggestImportMatch } from './suggest-import-match.ts'

const columns = ['phone', 'user id', 'first', 'last', 'city', 'unsubscribed']
const match = contactImportMatch.parse({
  phone: 'phone',
  user_id: 'user id',
  name: ['first', 'last'],
  attributes: { city: 'city' },
  opt_out: { scope: 'all', column: 'unsubscribed' },
})

describe('a row', () => {
  it('is a person with name, attributes and consent', () => {
    const verdict = createRowJudge(columns, match).judge([
      '+598 91 000-001',
      'US.1a',
      ' Ana',
      'Rocha ',
      'Salto',
      'YES',
    ])
    expect(verdict).toEqual({
      ok: true,
      person: {
        phone: '59891000001',
        user_id: 'US.1a',
        name: 'Ana Rocha',
        attributes: { city: 'Salto' },
        hasOptedOut: true,
      },
    })
  })

  it('without a cell says nothing about it', () => {
    expect(createRowJudge(columns, match).judge(['59891000001'])).toMatchObject({
      person: { user_id: null, name: null, attributes: {}, hasOptedOut: false },
    })
  })

  it.each([
    ['a phone with letters', ['call me'], 'invalid_phone', 'letters in it'],
    ['nobody', ['', ''], 'invalid_phone', 'empty'],
    ['a user id that is none', ['59891000001', 'ana'], 'invalid_user_id', 'looks like'],
    ['too long a name', ['59891000001', '', 'x'.repeat(201)], 'name_too_long', '200'],
    ['too long a value', ['59891000001', '', '', '', 'x'.repeat(1001)], 'value_too_long', 'city'],
    ['an unclear consent', ['59891000001', '', '', '', '', 'perhaps'], 'consent_unclear', 'yes or no'],
    ['more cells than columns', ['59891000001', '', '', '', '', '', 'more'], 'wrong_columns', 'delimiter'],
  ])('with %s is refused with its reason', (_, cells, code, words) => {
    const verdict = createRowJudge(columns, match).judge(cells)
    const explained = explainRefusal(verdict.ok ? '' : verdict.problem)
    expect(explained.code).toBe(code)
    expect(explained.message).toContain(words)
  })

  it('of somebody who came before is refused, however the phone is written', () => {
    const { judge } = createRowJudge(columns, match)
    expect(judge(['5511987654321'])).toMatchObject({ ok: true })
    expect(judge(['551187654321'])).toEqual({ ok: false, problem: 'duplicate' })
    expect(judge(['', 'BR.7'])).toMatchObject({ ok: true })
    expect(judge(['59891000001', 'BR.7'])).toEqual({ ok: false, problem: 'duplicate' })
  })

  it.each([
    ['2026-11-21T10:00:00.000Z', true],
    ['x', true],
    ['Não', false],
    ['0', false],
  ])('that says %s of an opt-out means %s', (cell, hasOptedOut) => {
    expect(createRowJudge(columns, match).judge(['59891000001', '', '', '', '', cell])).toMatchObject({
      person: { hasOptedOut },
    })
  })
})

describe('the match we suggest', () => {
  const sample = [['59891000001', 'Ana', 'Rocha', 'Salto', '']]

  it('finds phone, name, opt-out, and takes the rest as attributes under the names there are', () => {
    expect(
      suggestImportMatch({
        columns: ['Teléfono', 'Nombre', 'Apellido', 'City', 'Unsubscribed'],
        sample,
        attributeNames: ['city'],
      }),
    ).toEqual({
      phone: 'Teléfono',
      name: ['Nombre', 'Apellido'],
      attributes: { city: 'City' },
      opt_out: { scope: 'all', column: 'Unsubscribed' },
      known: 'update',
    })
  })

  it('takes back what an export wrote', () => {
    const exported = 'phone,user_id,username,name,profile_name,opted_out_all_at,opted_out_marketing_at,source'
    expect(
      suggestImportMatch({
        columns: [...exported.split(','), 'created_at', 'city'],
        sample: [],
        attributeNames: [],
      }),
    ).toEqual({
      phone: 'phone',
      user_id: 'user_id',
      name: ['name'],
      attributes: { city: 'city' },
      opt_out: { scope: 'all', column: 'opted_out_all_at' },
      known: 'update',
    })
  })

  it('is none without a column of phones or user ids', () => {
    expect(suggestImportMatch({ columns: ['city'], sample: [['Salto']], attributeNames: [] })).toBeNull()
  })
})
