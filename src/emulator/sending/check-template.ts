import { type Fault, fault } from '../faults/faults.ts'
import { type Json, objectIn, objectsIn, textIn } from '../json.ts'
import type { Template } from '../world/templates.ts'
import type { World } from '../world/world.ts'
import { checkMedia } from './check-message.ts'

const HYDRATED_LENGTH_MAX = 1024
const FORBIDDEN_IN_PARAMETERS = /[\n\r\t]| {5,}/

/** Finds the template a send asks for and checks that it brings what the template needs. */
export function checkTemplate(world: World, wabaId: string, body: Json): Template | Fault {
  const asked = objectIn(body, 'template')
  const name = textIn(asked, 'name')
  if (asked === undefined || name === undefined)
    return fault(131008, "Required parameter is missing: template['name'].")
  const language = textIn(objectIn(asked, 'language'), 'code')
  if (language === undefined)
    return fault(131008, "Required parameter is missing: template['language']['code'].")
  const template = world.templates.find(wabaId, name, language)
  if (template === undefined) {
    return fault(132001, `template name (${name}) does not exist in ${language}`)
  }
  return stateFault(template) ?? parameterFault(world, template, asked) ?? template
}

function stateFault(template: Template): Fault | undefined {
  if (template.status === 'APPROVED') return undefined
  if (template.status === 'PAUSED') return fault(132015)
  if (template.status === 'DISABLED') return fault(132016)
  return fault(132001, `template name (${template.name}) is not approved in ${template.language}`)
}

function parameterFault(world: World, template: Template, asked: Json): Fault | undefined {
  const components = objectsIn(asked, 'components')
  const header = components.find((component) => textIn(component, 'type')?.toLowerCase() === 'header')
  const body = components.find((component) => textIn(component, 'type')?.toLowerCase() === 'body')
  return (
    headerFault(world, template, header) ??
    textsFault('body', template.needs.bodyVariables, template, body) ??
    lengthFault(template, body) ??
    buttonsFault(template, components)
  )
}

function headerFault(world: World, template: Template, header: Json | undefined): Fault | undefined {
  const { headerFormat, headerVariables } = template.needs
  if (headerFormat === undefined) {
    return objectsIn(header, 'parameters').length > 0 ? countFault('header', 1, 0) : undefined
  }
  if (headerFormat === 'TEXT') return textsFault('header', headerVariables, template, header)
  const parameter = objectsIn(header, 'parameters')[0]
  const type = textIn(parameter, 'type')?.toLowerCase()
  if (type !== headerFormat.toLowerCase()) {
    const received = type?.toUpperCase() ?? 'UNKNOWN'
    return fault(132012, `header: Format mismatch, expected ${headerFormat}, received ${received}`)
  }
  if (type === 'location') return undefined
  return checkMedia(objectIn(parameter, type) ?? {}, world, type)
}

function textsFault(
  where: 'header' | 'body',
  expected: string[],
  template: Template,
  component: Json | undefined,
): Fault | undefined {
  const parameters = objectsIn(component, 'parameters')
  if (parameters.length !== expected.length) return countFault(where, parameters.length, expected.length)
  for (const parameter of parameters) {
    const text = parameterText(parameter)
    if (text === undefined || text === '') {
      return fault(131008, `Required parameter is missing: ${where} parameter has no text value.`)
    }
    if (FORBIDDEN_IN_PARAMETERS.test(text)) return fault(132018)
    if (template.parameterFormat === 'NAMED') {
      const parameterName = textIn(parameter, 'parameter_name')
      if (parameterName === undefined || !expected.includes(parameterName)) {
        return fault(132000, `${where}: parameter name is missing or not in the template`)
      }
    }
  }
  return undefined
}

function countFault(where: string, given: number, expected: number): Fault {
  return fault(
    132000,
    `${where}: number of localizable_params (${given}) does not match the expected number of params (${expected})`,
  )
}

/** The text of a `text`, `currency` or `date_time` parameter. */
function parameterText(parameter: Json): string | undefined {
  const type = textIn(parameter, 'type')
  if (type === 'currency' || type === 'date_time') return textIn(objectIn(parameter, type), 'fallback_value')
  return type === undefined || type === 'text' ? textIn(parameter, 'text') : undefined
}

function lengthFault(template: Template, body: Json | undefined): Fault | undefined {
  let length = template.needs.bodyText.length
  for (const parameter of objectsIn(body, 'parameters')) length += parameterText(parameter)?.length ?? 0
  return length > HYDRATED_LENGTH_MAX + template.needs.bodyVariables.length * 5 ? fault(132005) : undefined
}

function buttonsFault(template: Template, components: Json[]): Fault | undefined {
  for (const [position, kind] of template.needs.buttons) {
    const button = components.find(
      (component) =>
        textIn(component, 'type')?.toLowerCase() === 'button' && Number(component.index) === position,
    )
    const parameter = objectsIn(button, 'parameters')[0]
    const value = kind === 'url' ? textIn(parameter, 'text') : textIn(parameter, 'coupon_code')
    if (value === undefined || value === '') {
      return fault(131008, `buttons: Button at index ${position} of type ${kind} requires a parameter`)
    }
  }
  return undefined
}
