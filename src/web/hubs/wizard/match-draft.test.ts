import { expect, test } from 'vitest'
import { list as listSchema, template as templateSchema } from '../../../contract/index.ts'
import { draftOf, isSaved, matchOf, openVariables, suggestSources, valuesOfRow } from './match-draft.ts'

const id = (prefix: string) => `${prefix}_${'0'.repeat(32)}`
const now = '2026-11-20T12:00:00Z'
const template = templateSchema.parse({
  id: id('tpl'),
  connector_id: id('con'),
  external_id: '1',
  name: 'order_shipped',
  language: 'en_US',
  category: 'UTILITY',
  status: 'APPROVED',
  rejected_reason: null,
  quality: null,
  coming_category: null,
  coming_category_at: null,
  components: [],
  variables: [
    { key: '1', place: 'body', kind: 'text', sample: 'Marta' },
    { key: '2', place: 'body', kind: 'text', sample: 'Friday' },
    { key: 'header.image', place: 'header', kind: 'image', sample: null },
  ],
  created_at: now,
  updated_at: now,
})
const list = listSchema.parse({
  id: id('lst'),
  hub_id: id('hub'),
  hub_name: 'Orders',
  number_id: id('num'),
  name: 'orders',
  state: 'draft',
  file_name: 'orders.csv',
  columns: ['phone', 'name', 'day'],
  rows: 2,
  rows_refused: 0,
  suggested_match: { phone: 'phone', variables: { 1: { column: 'name' } } },
  match: null,
  template_id: null,
  starts_at: null,
  import_error: null,
  import_progress: null,
  pause_reason: null,
  pause_explanation: null,
  auto_resume: false,
  resumes_at: null,
  weight: 1,
  counts: {
    total: 2,
    waiting: 2,
    sending: 0,
    sent: 0,
    delivered: 0,
    read: 0,
    failed: 0,
    skipped: 0,
    unknown: 0,
  },
  failures: [],
  held_for_quality_assessment: 0,
  skips: [],
  rate_per_second: 0,
  finishes_at: null,
  waiting_for: null,
  created_at: now,
  started_at: null,
  finished_at: null,
})

test('the draft begins with what the hub suggests and the template of the hub', () => {
  expect(draftOf(list, template.id)).toMatchObject({
    phone: 'phone',
    template_id: template.id,
    variables: { 1: { column: 'name' } },
  })
})

test('another template takes the columns in their order, and keeps what was chosen', () => {
  const draft = { ...draftOf(list, template.id), variables: { 1: { constant: 'friend' } } }
  expect(suggestSources(template, list.columns, draft)).toEqual({
    1: { constant: 'friend' },
    2: { column: 'day' },
  })
})

test('a picture and an empty text stay open', () => {
  const draft = { ...draftOf(list, template.id), variables: { 1: { column: 'name' }, 2: { constant: ' ' } } }
  expect(openVariables(draft, template)).toEqual(['2', 'header.image'])
})

test('only what the template asks for is saved, empty fallbacks left out', () => {
  const draft = {
    ...draftOf(list, template.id),
    variables: { 1: { column: 'name', fallback: ' ' }, 9: { constant: 'left over' } },
  }
  expect(matchOf(draft, template).variables).toEqual({ 1: { column: 'name' } })
})

test('a saved draft is known as saved', () => {
  const draft = draftOf(list, template.id)
  const match = { phone: 'phone', variables: { 1: { column: 'name' } }, template_id: template.id }
  expect(isSaved({ ...list, match, template_id: template.id }, draft, template)).toBe(true)
  expect(isSaved({ ...list, match, template_id: template.id }, { ...draft, phone: 'name' }, template)).toBe(
    false,
  )
  expect(isSaved(list, draft, template)).toBe(false)
})

test('a row fills its cells, and the fallback where one is empty', () => {
  const sources = { 1: { column: 'name', fallback: 'friend' }, 2: { constant: 'Friday' } }
  expect(valuesOfRow(sources, { name: ' ' })).toEqual({ 1: 'friend', 2: 'Friday' })
  expect(valuesOfRow(sources, { name: 'Ana' })).toEqual({ 1: 'Ana', 2: 'Friday' })
})
