import type { Selectable } from 'kysely'
import { z } from 'zod'
import {
  type TemplateButton,
  type TemplateComponent,
  type TemplateStatus,
  templateComponent,
  templateStatus,
} from '../../contract/index.ts'
import type { Database } from '../platform/index.ts'

/** A row of the table, with its components in the form of the contract. */
export type TemplateRow = Omit<Selectable<Database['templates']>, 'components'> & {
  components: TemplateComponent[]
}

/** What is needed to fill a template in. */
export type FillableTemplate = Pick<TemplateRow, 'name' | 'language' | 'components'>

const components = z.array(templateComponent)

/** Components that don't have Meta's form are left out; the template is then shown without them. */
export function readComponents(value: unknown): TemplateComponent[] {
  const all = components.safeParse(value)
  if (all.success) return all.data
  if (!Array.isArray(value)) return []
  return value.flatMap((each) => {
    const one = templateComponent.safeParse(each)
    return one.success ? [one.data] : []
  })
}

/** Meta's words that have no state of their own here. ARCHIVED can't be sent; LOCKED is a pause by Meta. */
const otherWords: Record<string, TemplateStatus> = {
  REINSTATED: 'APPROVED',
  UNARCHIVED: 'APPROVED',
  ACTIVE: 'APPROVED',
  IN_REVIEW: 'PENDING',
  ARCHIVED: 'DISABLED',
  LOCKED: 'PAUSED',
  PENDING_DELETION: 'DELETED',
}

/** The state after Meta's word for it; null for words that change no state, such as FLAGGED. */
export function statusAfter(word: string): TemplateStatus | null {
  const upper = word.toUpperCase()
  const same = templateStatus.safeParse(upper)
  return same.success ? same.data : (otherWords[upper] ?? null)
}

/** Case differs between Meta's own examples. */
export function componentOf(all: readonly TemplateComponent[], type: string): TemplateComponent | null {
  return all.find((component) => component.type.toUpperCase() === type) ?? null
}

export function buttonsOf(all: readonly TemplateComponent[]): TemplateButton[] {
  return componentOf(all, 'BUTTONS')?.buttons ?? []
}

const placeholder = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g

/** Names of the variables in a text, each once, in reading order. */
export function placeholdersIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(placeholder), (match) => match[1] ?? ''))]
}

/** Fills a text in one pass: braces inside a value are data and stay as they are. */
export function fillText(text: string, lookUp: (name: string) => string | undefined): string {
  return text.replace(placeholder, (whole, name: string) => lookUp(name) ?? whole)
}
