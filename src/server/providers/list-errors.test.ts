import { describe, expect, it } from 'vitest'
import { codesWith, listErrors } from './list-errors.ts'

const errors = listErrors()
const find = (code: string) => errors.find((error) => error.code === code)

/** Every code of Meta's tables: access, throttling, messages, templates, registration, creation of templates. */
const metaCodes = [
  ...['0', '3', '10', '190', '200', '368', '130497', '131031'],
  ...['4', '80007', '130429', '131048', '131056', '133016', '131064'],
  ...['1', '2', '33', '100', '1026', '130403', '130472', '131000', '131005', '131008', '131009', '131016'],
  ...['131021', '131026', '131030', '131035', '131036', '131037', '131042', '131043', '131045', '131047'],
  ...['131049', '131050', '131051', '131052', '131053', '131055', '131057', '131059', '131062', '131063'],
  ...['134011', '135000', '137000', '2494100'],
  ...['132000', '132001', '132005', '132007', '132012', '132015', '132016', '132018', '132068', '132069'],
  ...['134100', '134101', '134102', '1752041'],
  ...['133000', '133004', '133005', '133006', '133008', '133009', '133010', '133015', '136024'],
  ...[
    '2388001',
    '2388012',
    '2388091',
    '2388093',
    '2388103',
    '2593079',
    '2593085',
    '2593107',
    '2593108',
    '2593109',
  ],
  ...[
    '2388019',
    '2388023',
    '2388024',
    '2388039',
    '2388040',
    '2388047',
    '2388072',
    '2388073',
    '2388293',
    '2388299',
  ],
]

describe('the table of error codes', () => {
  it.each(metaCodes)('has words for %s', (code) => {
    expect(find(code)?.provider).toBe('meta')
    expect(find(code)?.title).not.toBe('Unknown error')
  })

  it('names each code once, in sentences', () => {
    expect(new Set(errors.map(({ code }) => code)).size).toBe(errors.length)
    for (const { code, reason, advice } of errors) {
      expect(reason, code).toMatch(/^[A-Z].*\.$/s)
      if (advice !== null) expect(advice, code).toMatch(/^[A-Z].*\.$/s)
    }
  })

  it.each([
    ['130429', 'parley', 'retry'],
    ['131042', 'account_owner', 'stop_number'],
    ['132015', 'template_author', 'stop_template'],
    ['131049', 'provider', 'wait_a_day'],
    ['131050', 'recipient', 'suppress'],
    ['131026', 'recipient', 'final'],
    ['131008', 'sender', 'final'],
    ['132000', 'sender', 'stop_template'],
    ['133005', 'account_owner', 'final'],
    ['2388012', 'account_owner', 'final'],
    ['2388103', 'account_owner', 'final'],
    ['2388024', 'template_author', 'final'],
    ['2388299', 'template_author', 'final'],
    ['gupshup.1003', 'account_owner', 'stop_number'],
  ])('says who acts on %s: %s', (code, who_acts, policy) => {
    expect(find(code)).toMatchObject({ who_acts, policy })
  })
})

it('a policy names the codes of both providers, and of a range of codes all', () => {
  const stopping = codesWith('stop_number', 'stop_template')
  expect(stopping).toEqual(expect.arrayContaining(['190', '200', '294', '131042', '132015', 'gupshup.1003']))
  expect(stopping).not.toContain('131026')
  expect(new Set(stopping).size).toBe(stopping.length)
  expect(codesWith('suppress')).toEqual(['131050', 'gupshup.1012'])
})
