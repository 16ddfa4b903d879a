import type { TemplateComponent, TemplateToSend } from '../../contract/index.ts'
import { renderPreview, valuesOf } from './preview.ts'
import { unfillableParts, variablesOf } from './variables.ts'

/** A fault that the provider would refuse the message for. */
export interface ParameterProblem {
  /** As in `variablesOf`, or `body` and `header` for a whole text. */
  key: string
  message: string
}

const bodyLengthMax = 1024
const headerLengthMax = 60
const codeLengthMax = 20

/**
 * Checks what is about to be sent against the template, with the provider's rules (132000, 132005, 132012, 132018):
 * better one refused row here than a paid attempt there. Empty: nothing is wrong.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes, read 2026-11-19.
 */
export function checkParameters(
  template: { components: readonly TemplateComponent[] },
  toSend: Pick<TemplateToSend, 'components'>,
): ParameterProblem[] {
  const { components } = template
  // Cards, offers and places are written out by whoever sends them; the provider checks those.
  if (unfillableParts(components).length > 0) return []
  const variables = variablesOf(components)
  const values = valuesOf(components, toSend)
  const keys = new Set(variables.map(({ key }) => key))
  const problems: ParameterProblem[] = []
  for (const { key, kind } of variables) {
    const value = values[key] ?? ''
    const message = kind === 'text' ? problemWithText(key, value) : problemWithFile(value)
    if (message !== null) problems.push({ key, message })
  }
  for (const key of Object.keys(values)) {
    if (!keys.has(key)) problems.push({ key, message: 'The template has no such variable.' })
  }
  return [...problems, ...problemsOfLength(components, values)]
}

function problemWithText(key: string, value: string): string | null {
  if (value.trim() === '') return 'A value is missing.'
  if (/[\n\r\t]/.test(value)) return 'A value must not have line breaks or tabs.'
  if (/ {5}/.test(value)) return 'A value must not have more than four spaces in a row.'
  if (!key.startsWith('button.')) return null
  if (/\s/.test(value)) return 'The end of a web address, or a code, must not have spaces.'
  return null
}

function problemWithFile(value: string): string | null {
  if (value === '') return 'The file of the header is missing.'
  if (/^\d+$/.test(value) || /^https?:\/\/\S+$/.test(value)) return null
  return 'The file must be given by its web address (https://…) or by its id.'
}

function problemsOfLength(
  components: readonly TemplateComponent[],
  values: Record<string, string>,
): ParameterProblem[] {
  const { header, body, buttons } = renderPreview(components, values)
  const problems: ParameterProblem[] = []
  const check = (key: string, text: string, lengthMax: number) => {
    if (text.length <= lengthMax) return
    problems.push({ key, message: `The text has ${text.length} characters; ${lengthMax} are allowed.` })
  }
  check('body', body, bodyLengthMax)
  check('header', header?.text ?? '', headerLengthMax)
  for (const [index, { code }] of buttons.entries()) check(`button.${index}.1`, code ?? '', codeLengthMax)
  return problems
}
