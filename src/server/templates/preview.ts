import type { TemplateComponent, TemplateToSend } from '../../contract/index.ts'
import type { Values } from './fill-template.ts'
import { buttonsOf, componentOf, fillText } from './template.ts'
import { buttonPlaceholders } from './variables.ts'

/** How a template reads once filled in, in pieces as WhatsApp shows them. All of it is plain text. */
export interface TemplatePreview {
  header?: {
    /** TEXT, IMAGE, VIDEO, DOCUMENT, LOCATION, … */
    format: string
    text?: string
    /** Address or id of the file. */
    media?: string
  }
  body: string
  footer?: string
  buttons: { type: string; text: string; url?: string; phone_number?: string; code?: string }[]
}

/** A variable without a value stays visible as `{{1}}`. */
export function renderPreview(components: readonly TemplateComponent[], values: Values): TemplatePreview {
  const lookUp = (key: string) => (Object.hasOwn(values, key) ? values[key] : undefined)
  const header = previewHeader(components, lookUp)
  const footer = componentOf(components, 'FOOTER')?.text
  return {
    ...(header ? { header } : {}),
    body: fillText(componentOf(components, 'BODY')?.text ?? '', lookUp),
    ...(footer === undefined ? {} : { footer }),
    buttons: previewButtons(components, lookUp),
  }
}

type LookUp = (key: string) => string | undefined

function previewHeader(components: readonly TemplateComponent[], lookUp: LookUp): TemplatePreview['header'] {
  const header = componentOf(components, 'HEADER')
  if (header === null) return undefined
  const format = header.format?.toUpperCase() ?? 'TEXT'
  if (format === 'TEXT') {
    return { format, text: fillText(header.text ?? '', (name) => lookUp(`header.${name}`)) }
  }
  const media = lookUp(`header.${format.toLowerCase()}`)
  return media === undefined ? { format } : { format, media }
}

function previewButtons(
  components: readonly TemplateComponent[],
  lookUp: LookUp,
): TemplatePreview['buttons'] {
  return buttonsOf(components).map((button, index) => {
    const type = button.type.toUpperCase()
    const valueHere = (name: string) => lookUp(`button.${index}.${name}`)
    const code = type === 'COPY_CODE' || type === 'OTP' ? valueHere('1') : undefined
    return {
      type,
      text: button.text ?? '',
      ...(button.url === undefined ? {} : { url: fillText(button.url, valueHere) }),
      ...(button.phone_number === undefined ? {} : { phone_number: button.phone_number }),
      ...(code === undefined ? {} : { code }),
    }
  })
}

/** The values that a template written out for sending holds, by the keys of `variablesOf`: for its preview. */
export function valuesOf(
  components: readonly TemplateComponent[],
  toSend: Pick<TemplateToSend, 'components'>,
): Record<string, string> {
  const values: Record<string, string> = Object.create(null)
  for (const component of toSend.components ?? []) {
    const type = component.type.toLowerCase()
    for (const [index, parameter] of (component.parameters ?? []).entries()) {
      const key = keyOf(components, { type, component, parameter, index })
      const text = textOf(parameter)
      if (key !== null && text !== null) values[key] = text
    }
  }
  return values
}

function keyOf(
  components: readonly TemplateComponent[],
  place: {
    type: string
    component: Record<string, unknown>
    parameter: Record<string, unknown>
    index: number
  },
): string | null {
  const { type, component, parameter, index } = place
  const name = typeof parameter.parameter_name === 'string' ? parameter.parameter_name : String(index + 1)
  if (type === 'body') return name
  if (type === 'header') return parameter.type === 'text' ? `header.${name}` : `header.${parameter.type}`
  if (type !== 'button') return null
  const button = buttonsOf(components)[Number(component.index)]
  const [placeholder] = button ? buttonPlaceholders(button) : []
  return placeholder === undefined ? null : `button.${component.index}.${placeholder}`
}

/** `text`, a file's address or id, a coupon code, or the fallback of a currency or date. */
function textOf(parameter: Record<string, unknown>): string | null {
  const { type } = parameter
  const value = typeof type === 'string' ? parameter[type] : undefined
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return null
  for (const key of ['fallback_value', 'link', 'id']) {
    const text: unknown = Reflect.get(value, key)
    if (typeof text === 'string') return text
  }
  return null
}
