import { normalizePhone } from '../../contacts/index.ts'

/**
 * Problems that are found only when messages are made: they count as skipped by themselves, the others are the list's
 * refused rows.
 */
export const skippedAtStart = [
  'opted_out',
  'missing_attribute',
  'template_parameters_wrong',
  'same_person',
  'phone_needed',
] as const

export interface ProblemShown {
  code: string
  message: string
}

/** `recipients.problem` in words. `phoneCell` is what the file says, so that the message fits it. */
export function presentProblem(problem: string, phoneCell: string): ProblemShown {
  const colon = problem.indexOf(':')
  const code = colon === -1 ? problem : problem.slice(0, colon)
  const detail = colon === -1 ? '' : problem.slice(colon + 1)
  return { code, message: explain(code, detail, phoneCell) }
}

function explain(code: string, detail: string, phoneCell: string): string {
  switch (code) {
    case 'invalid_phone': {
      if (detail === 'user_id')
        return 'There is no phone, and the user id is none: it looks like US.13491208655302741918.'
      const phone = normalizePhone(phoneCell)
      return phone.ok ? 'The phone is not valid.' : phone.message
    }
    case 'duplicate':
      return 'An earlier row of this list has the same phone or user id.'
    case 'missing_variable':
      return `The value of variable ${detail} is empty and has no fallback.`
    case 'missing_attribute':
      return `The contact has no value for variable ${detail}, and there is no fallback.`
    case 'wrong_value':
    case 'template_parameters_wrong':
      return detail === '' ? 'The values of this row do not fit the template.' : detail
    case 'wrong_columns':
      return 'The row has more cells than the header has columns; a delimiter may stand in a cell without quotes.'
    case 'opted_out':
      return 'The contact has opted out.'
    case 'erased':
      return 'The contact was erased.'
    case 'same_person':
      return 'An earlier row of this list is the same person.'
    case 'phone_needed':
      return 'One-time codes go to phones only, and only a user id is known.'
    default:
      return 'This row is left out.'
  }
}

/** Why rows of a list got no message, told of all of them together. */
export function explainSkip(code: string): string {
  switch (code) {
    case 'opted_out':
      return 'They have opted out.'
    case 'same_person':
      return 'They stand in the list already, under their phone or user id.'
    case 'phone_needed':
      return 'One-time codes go to phones only, and only a user id is known.'
    case 'missing_attribute':
      return 'The contact has no value for a variable, and there is no fallback.'
    case 'template_parameters_wrong':
      return 'The values of the row do not fit the template.'
    case 'template_not_approved':
      return 'The template was not approved any more when they were due.'
    case 'window_closed':
      return 'More than 24 hours had passed since the person last wrote.'
    case 'cancelled':
      return 'The list was cancelled before their turn.'
    case 'marked_not_sent':
      return 'Nobody knew whether they were sent; a person decided that they were not.'
    case 'erased':
      return 'The contact was erased.'
    default:
      return 'Left out.'
  }
}
