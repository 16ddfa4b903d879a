import { z } from 'zod'

type Issue = z.core.$ZodRawIssue

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  date: 'a time',
}

const formats: Record<string, string> = {
  email: 'an e-mail address, such as name@example.com',
  url: 'an address, such as https://example.com/path',
  datetime: 'a time in ISO form, such as 2026-05-14T13:48:54Z',
  date: 'a day, such as 2026-05-14',
  time: 'a time of day, such as 13:48',
  base64: 'base64',
  uuid: 'a UUID',
}

/** What is wrong with a value and what to write instead, in a sentence; undefined leaves it to the library's own words. */
function describeIssue(issue: Issue): string | undefined {
  if (issue.input === undefined && asksForValue.has(issue.code)) return 'This is missing.'
  switch (issue.code) {
    case 'invalid_type':
      return `Must be ${kinds[issue.expected] ?? issue.expected}.`
    case 'invalid_value':
      return oneOf(issue.values)
    case 'invalid_union':
      return Array.isArray(issue.options)
        ? oneOf(issue.options)
        : 'Has none of the forms that are allowed here.'
    case 'too_small':
      return describeSize(issue.origin, issue.minimum, issue.inclusive === false ? 'more than' : 'at least')
    case 'too_big':
      return describeSize(issue.origin, issue.maximum, issue.inclusive === false ? 'less than' : 'at most')
    case 'invalid_format':
      return formats[issue.format] === undefined
        ? 'Has not the right form.'
        : `Must be ${formats[issue.format]}.`
    default:
      return undefined
  }
}

const asksForValue = new Set<Issue['code']>(['invalid_type', 'invalid_value', 'invalid_union'])

function oneOf(values: readonly unknown[]): string {
  const names = values.map(String)
  return names.length === 1 ? `Must be ${names[0]}.` : `Must be one of: ${names.join(', ')}.`
}

const units: Record<string, [one: string, many: string]> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  set: ['entry', 'entries'],
  map: ['entry', 'entries'],
  record: ['entry', 'entries'],
}

function describeSize(origin: string, bound: number | bigint, relation: string): string {
  const unit = units[origin]
  if (unit === undefined) return `Must be ${relation} ${bound}.`
  if (relation === 'at least' && Number(bound) === 1) return 'Must not be empty.'
  return `Must have ${relation} ${bound} ${unit[Number(bound) === 1 ? 0 : 1]}.`
}

z.config({ customError: describeIssue })
