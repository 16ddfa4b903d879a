import type { TemplateButton, TemplateToSend, TemplateVariable } from '../../contract/index.ts'
import { buttonsOf, type FillableTemplate } from './template.ts'
import { buttonPlaceholders, unfillableParts, variablesOf } from './variables.ts'

export type Values = Readonly<Record<string, string>>
export type FilledTemplate =
  | { ok: true; template: TemplateToSend }
  /** Keys without a value, or parts that can't be filled from values. */
  | { ok: false; missing: string[] }

type SentComponent = NonNullable<TemplateToSend['components']>[number]
type Parameter = { type: string; [key: string]: unknown }

/** What to send for a template and the values of its variables (by the keys of `variablesOf`). */
export function fillTemplate(template: FillableTemplate, values: Values): FilledTemplate {
  const variables = variablesOf(template.components)
  const missing = [
    ...unfillableParts(template.components),
    ...variables.filter(({ key }) => lookUp(values, key) === '').map(({ key }) => key),
  ]
  if (missing.length > 0) return { ok: false, missing }
  const components = [
    ...headerComponent(variables, values),
    ...bodyComponent(variables, values),
    ...buttonsOf(template.components).flatMap((button, index) => buttonComponent(button, index, values)),
  ]
  return {
    ok: true,
    template: {
      name: template.name,
      language: { code: template.language },
      ...(components.length > 0 ? { components } : {}),
    },
  }
}

function headerComponent(variables: readonly TemplateVariable[], values: Values): SentComponent[] {
  const parameters = variables
    .filter(({ place }) => place === 'header')
    .map(({ key, kind }): Parameter => {
      const value = lookUp(values, key)
      if (kind === 'text') return textParameter(key.slice('header.'.length), value)
      return { type: kind, [kind]: mediaOf(value) }
    })
  return parameters.length > 0 ? [{ type: 'header', parameters }] : []
}

function bodyComponent(variables: readonly TemplateVariable[], values: Values): SentComponent[] {
  const body = variables.filter(({ place }) => place === 'body')
  // Positional values go by their number, whatever the order in which the text mentions them.
  const ordered = body.every(({ key }) => isPositional(key))
    ? body.toSorted((a, b) => Number(a.key) - Number(b.key))
    : body
  const parameters = ordered.map(({ key }) => textParameter(key, lookUp(values, key)))
  return parameters.length > 0 ? [{ type: 'body', parameters }] : []
}

function buttonComponent(button: TemplateButton, index: number, values: Values): SentComponent[] {
  const [name] = buttonPlaceholders(button)
  if (name === undefined) return []
  const value = lookUp(values, `button.${index}.${name}`)
  const isCode = button.type.toUpperCase() === 'COPY_CODE'
  const parameter: Parameter = isCode
    ? { type: 'coupon_code', coupon_code: value }
    : { type: 'text', text: value }
  const sub_type = isCode ? 'copy_code' : 'url'
  return [{ type: 'button', sub_type, index: String(index), parameters: [parameter] }]
}

function textParameter(name: string, text: string): Parameter {
  return isPositional(name) ? { type: 'text', text } : { type: 'text', parameter_name: name, text }
}

/** A file is given by its address, or by the id the provider gave it. */
function mediaOf(value: string): { id: string } | { link: string } {
  return /^\d+$/.test(value) ? { id: value } : { link: value }
}

function isPositional(name: string): boolean {
  return /^[1-9]\d*$/.test(name)
}

function lookUp(values: Values, key: string): string {
  return Object.hasOwn(values, key) ? (values[key] ?? '') : ''
}
