import type { Fault } from '../faults/faults.ts'
import { componentOf, type TemplateButton, type TemplateComponent, variablesOf } from '../world/templates.ts'

const invalid = (subcode: number, userTitle: string, userMessage: string): Fault => ({
  code: 100,
  message: 'Invalid parameter',
  subcode,
  userTitle,
  userMessage,
})

const HEADER_LENGTH_MAX = 60
const BODY_LENGTH_MAX = 1024
const FOOTER_LENGTH_MAX = 60
const BUTTONS_MAX = 10

/** Meta's rules for the parts of a template that are checked at once, before any review. */
export function checkDraft(components: TemplateComponent[], category: string): Fault | undefined {
  return (
    checkHeader(componentOf(components, 'HEADER')) ??
    checkBody(componentOf(components, 'BODY'), category) ??
    checkFooter(componentOf(components, 'FOOTER')) ??
    checkButtons(componentOf(components, 'BUTTONS')?.buttons ?? [])
  )
}

function checkHeader(header: TemplateComponent | undefined): Fault | undefined {
  if (header === undefined) return undefined
  const format = header.format?.toUpperCase()
  if (format === undefined || !['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION', 'GIF'].includes(format)) {
    return invalid(2388047, 'Header format incorrect', 'The header needs a known format.')
  }
  if (format === 'LOCATION') return undefined
  if (format !== 'TEXT') {
    if (header.example?.header_handle !== undefined) return undefined
    return invalid(2388273, 'Media sample missing', 'Add a sample for the media header.')
  }
  const text = header.text ?? ''
  if (text === '' || text.length > HEADER_LENGTH_MAX || variablesOf(text).length > 1) {
    return invalid(2388047, 'Header format incorrect', 'At most 60 characters and one variable.')
  }
  return exampleFault(header, variablesOf(text).length)
}

function checkBody(body: TemplateComponent | undefined, category: string): Fault | undefined {
  if (category === 'AUTHENTICATION') return undefined
  const text = body?.text ?? ''
  if (body === undefined || text.trim() === '') {
    return invalid(2388072, 'Body format incorrect', 'The body is missing.')
  }
  if (text.length > BODY_LENGTH_MAX)
    return invalid(2388040, 'Character limit exceeded', 'The body is too long.')
  const variables = variablesOf(text)
  const trimmed = text.trim()
  if (trimmed.startsWith('{{') || trimmed.endsWith('}}')) {
    const said = "Variables can't be at the start or end of the template."
    return invalid(2388299, 'Leading or trailing params not allowed', said)
  }
  const words = trimmed.split(/\s+/).length
  if (words < 2 * variables.length + 1) {
    const said = 'This template has too many variables for its length.'
    return invalid(2388293, 'Parameters words ratio exceeds limit', said)
  }
  return numberingFault(variables) ?? exampleFault(body, variables.length)
}

function numberingFault(variables: string[]): Fault | undefined {
  const positional = variables.filter((name) => /^\d+$/.test(name))
  if (positional.length > 0 && positional.length < variables.length) {
    return invalid(2388072, 'Body format incorrect', 'Positional and named variables cannot be mixed.')
  }
  const isSequential = positional.every((name) => Number(name) <= positional.length && Number(name) >= 1)
  if (isSequential) return undefined
  return invalid(2388072, 'Body format incorrect', 'Variables must be numbered from 1 without a gap.')
}

function exampleFault(component: TemplateComponent, variables: number): Fault | undefined {
  if (variables === 0 || component.example !== undefined) return undefined
  const said = `Add a sample for each variable of the ${component.type.toLowerCase()}.`
  return invalid(2388043, 'Sample missing', said)
}

function checkFooter(footer: TemplateComponent | undefined): Fault | undefined {
  const text = footer?.text ?? ''
  if (text.length <= FOOTER_LENGTH_MAX && variablesOf(text).length === 0) return undefined
  return invalid(2388073, 'Footer format incorrect', 'At most 60 characters and no variables.')
}

function checkButtons(buttons: TemplateButton[]): Fault | undefined {
  if (buttons.length > BUTTONS_MAX) return invalid(2388039, 'Too many buttons', 'At most ten buttons.')
  const types = buttons.map((button) => button.type.toUpperCase())
  if (
    types.filter((type) => type === 'URL').length > 2 ||
    types.filter((type) => type === 'PHONE_NUMBER').length > 1
  ) {
    return invalid(2388039, 'Too many buttons', 'At most two links and one phone number.')
  }
  const replies = types.map((type) => (type === 'QUICK_REPLY' ? 'R' : '-')).join('')
  if (/R-+R/.test(replies)) {
    return invalid(2388039, 'Invalid button order', 'Quick replies must stand together.')
  }
  if (buttons.some((button) => (button.text ?? '').length > 25)) {
    return invalid(2388040, 'Character limit exceeded', 'A button label has at most 25 characters.')
  }
  const isBare = buttons.some((button) => variablesOf(button.url).length > 0 && button.example === undefined)
  return isBare ? invalid(2388043, 'Sample missing', 'Add a sample for the link with a variable.') : undefined
}
