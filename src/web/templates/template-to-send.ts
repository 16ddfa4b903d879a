import type { Template, TemplateToSend, TemplateVariable } from '../../contract/index.ts'

/** What the person typed, by the key of the variable: "1", "first_name", "header.image", "button.0.1". */
export type TemplateValues = Record<string, string>

type Parameter = { type: string } & Record<string, unknown>
type Component = { type: string; parameters: Parameter[] } & Record<string, unknown>

/** The keys that still need a value. */
export function missingValues(template: Template, values: TemplateValues): string[] {
  return template.variables.filter(({ key }) => !values[key]?.trim()).map(({ key }) => key)
}

/** The template with its values, in the form of Meta's send API. */
export function templateToSend(template: Template, values: TemplateValues): TemplateToSend {
  const at = (place: TemplateVariable['place']) =>
    template.variables.filter((variable) => variable.place === place)
  const components = [
    ...placeComponent('header', at('header'), values),
    ...placeComponent('body', at('body'), values),
    ...at('button').map((variable) => buttonComponent(template, variable, values)),
  ]
  return {
    name: template.name,
    language: { code: template.language },
    ...(components.length > 0 ? { components } : {}),
  }
}

function placeComponent(
  type: 'header' | 'body',
  variables: TemplateVariable[],
  values: TemplateValues,
): Component[] {
  if (variables.length === 0) return []
  return [
    {
      type,
      parameters: variables.map((variable) => parameterOf(variable, values[variable.key]?.trim() ?? '')),
    },
  ]
}

function parameterOf({ key, kind }: TemplateVariable, value: string): Parameter {
  if (kind !== 'text') return { type: kind, [kind]: { link: value } }
  const name = key.split('.').at(-1) ?? key
  return { type: 'text', text: value, ...(/^\d+$/.test(name) ? {} : { parameter_name: name }) }
}

function buttonComponent(template: Template, { key }: TemplateVariable, values: TemplateValues): Component {
  const index = Number(key.split('.')[1] ?? 0)
  const buttons = template.components.flatMap((component) => component.buttons ?? [])
  const value = values[key]?.trim() ?? ''
  if (buttons[index]?.type === 'COPY_CODE') {
    return {
      type: 'button',
      sub_type: 'copy_code',
      index,
      parameters: [{ type: 'coupon_code', coupon_code: value }],
    }
  }
  return { type: 'button', sub_type: 'url', index, parameters: [{ type: 'text', text: value }] }
}
