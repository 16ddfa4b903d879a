import { z } from 'zod'

const buttonSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  url: z.string().optional(),
  phone_number: z.string().optional(),
  example: z.union([z.string(), z.array(z.string())]).optional(),
})

const componentSchema = z.looseObject({
  type: z.string(),
  format: z.string().optional(),
  text: z.string().optional(),
  example: z.looseObject({}).optional(),
  buttons: z.array(buttonSchema).optional(),
  cards: z.array(z.looseObject({ components: z.array(z.looseObject({ type: z.string() })) })).optional(),
})

export const componentsSchema = z.array(componentSchema)

export type TemplateButton = z.infer<typeof buttonSchema>
export type TemplateComponent = z.infer<typeof componentSchema>

export const TEMPLATE_STATUSES = [
  'APPROVED',
  'ARCHIVED',
  'DELETED',
  'DISABLED',
  'IN_APPEAL',
  'LIMIT_EXCEEDED',
  'PAUSED',
  'PENDING',
  'PENDING_DELETION',
  'REJECTED',
] as const

export const TEMPLATE_CATEGORIES = ['AUTHENTICATION', 'MARKETING', 'UTILITY'] as const

export type TemplateStatus = (typeof TEMPLATE_STATUSES)[number]
export type TemplateCategory = (typeof TEMPLATE_CATEGORIES)[number]

export interface Template {
  id: string
  wabaId: string
  name: string
  language: string
  category: TemplateCategory
  previousCategory: TemplateCategory | undefined
  correctCategory: TemplateCategory | undefined
  parameterFormat: 'POSITIONAL' | 'NAMED'
  components: TemplateComponent[]
  status: TemplateStatus
  rejectedReason: string
  quality: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN'
  ttlSeconds: number | undefined
  updatedMs: number
  needs: TemplateNeeds
}

/** What a send must bring for this template; worked out once, read on every send. */
interface TemplateNeeds {
  headerFormat: string | undefined
  headerVariables: string[]
  bodyVariables: string[]
  bodyText: string
  /** Position of a button → why it needs a parameter. */
  buttons: Map<number, 'url' | 'copy_code'>
}

const VARIABLE = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g

/** The distinct variables of a text, in order of appearance. */
export function variablesOf(text: string | undefined): string[] {
  if (text === undefined) return []
  const found = new Set<string>()
  for (const match of text.matchAll(VARIABLE)) if (match[1] !== undefined) found.add(match[1])
  return [...found]
}

export function componentOf(components: TemplateComponent[], type: string): TemplateComponent | undefined {
  return components.find((component) => component.type.toUpperCase() === type)
}

export function needsOf(components: TemplateComponent[]): TemplateNeeds {
  const header = componentOf(components, 'HEADER')
  const body = componentOf(components, 'BODY')
  const buttons = new Map<number, 'url' | 'copy_code'>()
  for (const [position, button] of (componentOf(components, 'BUTTONS')?.buttons ?? []).entries()) {
    const type = button.type.toUpperCase()
    if (type === 'COPY_CODE') buttons.set(position, 'copy_code')
    if (type === 'OTP' || variablesOf(button.url).length > 0) buttons.set(position, 'url')
  }
  const format = header?.format?.toUpperCase()
  return {
    headerFormat: format,
    headerVariables: format === 'TEXT' ? variablesOf(header?.text) : [],
    bodyVariables: variablesOf(body?.text),
    bodyText: body?.text ?? '',
    buttons,
  }
}
