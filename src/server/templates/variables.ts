import type { TemplateButton, TemplateComponent, TemplateVariable } from '../../contract/index.ts'
import { buttonsOf, componentOf, placeholdersIn } from './template.ts'

/**
 * What must be filled in to send a template, in reading order. Keys: the variable's own name for the body,
 * `header.<name>` or `header.image` (`video`, `document`), `button.<index>.<name>`.
 */
export function variablesOf(components: readonly TemplateComponent[]): TemplateVariable[] {
  return [...headerVariables(components), ...bodyVariables(components), ...buttonVariables(components)]
}

/**
 * Parts that need more than texts and files, and so can't be filled from values: cards of a carousel, an offer's
 * end, a place, a flow. A template with them is sent through the API with its components written out.
 */
export function unfillableParts(components: readonly TemplateComponent[]): string[] {
  const parts: string[] = components
    .map((component) => component.type.toLowerCase())
    .filter((type) => type === 'carousel' || type === 'limited_time_offer')
  const header = componentOf(components, 'HEADER')?.format?.toLowerCase()
  if (header === 'location' || header === 'product') parts.push(`header.${header}`)
  return parts
}

function headerVariables(components: readonly TemplateComponent[]): TemplateVariable[] {
  const header = componentOf(components, 'HEADER')
  if (header === null) return []
  const format = header.format?.toUpperCase() ?? 'TEXT'
  if (format === 'TEXT') {
    return placeholdersIn(header.text ?? '').map((name, index) => ({
      key: `header.${name}`,
      place: 'header',
      kind: 'text',
      sample: sampleIn(header, 'header_text', name, index),
    }))
  }
  const kind = mediaKinds.find((each) => each.toUpperCase() === format)
  if (kind === undefined) return []
  return [{ key: `header.${kind}`, place: 'header', kind, sample: sampleIn(header, 'header_handle', '', 0) }]
}

const mediaKinds = ['image', 'video', 'document'] as const

function bodyVariables(components: readonly TemplateComponent[]): TemplateVariable[] {
  const body = componentOf(components, 'BODY')
  if (body === null) return []
  return placeholdersIn(body.text ?? '').map((name, index) => ({
    key: name,
    place: 'body',
    kind: 'text',
    sample: sampleIn(body, 'body_text', name, index),
  }))
}

function buttonVariables(components: readonly TemplateComponent[]): TemplateVariable[] {
  return buttonsOf(components).flatMap((button, index) =>
    buttonPlaceholders(button).map((name) => ({
      key: `button.${index}.${name}`,
      place: 'button' as const,
      kind: 'text' as const,
      sample: sampleOfButton(button),
    })),
  )
}

/** A web address has a variable end; a code to copy is a variable as a whole. */
export function buttonPlaceholders(button: TemplateButton): string[] {
  const type = button.type.toUpperCase()
  if (type === 'COPY_CODE') return ['1']
  // Meta keeps the button of a one-time password as a web address, but drafts still say OTP.
  if (type === 'OTP') return ['1']
  return type === 'URL' ? placeholdersIn(button.url ?? '') : []
}

function sampleOfButton({ example }: TemplateButton): string | null {
  return (Array.isArray(example) ? example[0] : example) ?? null
}

/** Positional samples stand in a list (of lists, for the body), named ones in a list of name and example. */
function sampleIn(component: TemplateComponent, key: string, name: string, index: number): string | null {
  const named = component.example?.[`${key}_named_params`]
  if (Array.isArray(named)) {
    const found: unknown = named.find((each) => textOf(each, 'param_name') === name)
    const sample = textOf(found, 'example')
    if (sample !== null) return sample
  }
  const list: unknown = component.example?.[key]
  const first: unknown = Array.isArray(list) ? list[0] : undefined
  const samples: unknown[] = Array.isArray(first) ? first : Array.isArray(list) ? list : []
  const sample = samples[/^[1-9]\d*$/.test(name) ? Number(name) - 1 : index]
  return typeof sample === 'string' ? sample : null
}

function textOf(value: unknown, key: string): string | null {
  if (typeof value !== 'object' || value === null) return null
  const text: unknown = Reflect.get(value, key)
  return typeof text === 'string' ? text : null
}
