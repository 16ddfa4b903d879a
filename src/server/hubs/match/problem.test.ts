import { expect, it } from 'vitest'
import { explainSkip, presentProblem, skippedAtStart } from './problem.ts'

it('a value that does not fit the template is told with its variable and why, colons and all', () => {
  expect(
    presentProblem('template_parameters_wrong:button.0.1: A URL can’t hold blanks: "a b".', '59891000001'),
  ).toEqual({ code: 'template_parameters_wrong', message: 'button.0.1: A URL can’t hold blanks: "a b".' })
})

it('a problem without detail is its own code', () => {
  expect(presentProblem('opted_out', '59891000001')).toEqual({
    code: 'opted_out',
    message: 'The contact has opted out.',
  })
})

it('every reason to leave a row out at the start has words for a whole list', () => {
  const words = skippedAtStart.map(explainSkip)
  expect(new Set(words).size).toBe(skippedAtStart.length)
  expect(words).not.toContain('Left out.')
})

it('what a person marked as not sent has words among those left out', () => {
  expect(explainSkip('marked_not_sent')).toContain('a person decided')
})
