import type { List, Template, TemplateVariable, VariableSource } from '../../../contract/index.ts'

export type Sources = Record<string, VariableSource>

/** What is chosen for a list before the hub has it: kept through all steps, also while it is incomplete. */
export interface MatchDraft {
  phone: string
  /** The column of the user id; empty when there is none. */
  user_id: string
  template_id: string | null
  variables: Sources
  starts_at: string | null
}

/** What was saved, else what the hub suggests for this file. */
export function draftOf(list: List, hubTemplateId: string | null): MatchDraft {
  const match = list.match ?? list.suggested_match
  return {
    phone: match?.phone ?? '',
    user_id: match?.user_id ?? '',
    template_id: match?.template_id ?? list.template_id ?? hubTemplateId,
    variables: match?.variables ?? {},
    starts_at: match?.starts_at ?? list.starts_at,
  }
}

/** The draft as the hub takes it: only what this template asks for. */
export function matchOf(draft: MatchDraft, template: Template) {
  const variables = Object.fromEntries(
    template.variables.flatMap(({ key }) => {
      const source = draft.variables[key]
      return source ? [[key, trimSource(source)]] : []
    }),
  )
  const { user_id, ...others } = draft
  return { ...others, ...(user_id ? { user_id } : {}), template_id: template.id, variables }
}

/** The variables that nothing fills yet. */
export function openVariables(draft: MatchDraft, template: Template): string[] {
  return template.variables.filter(({ key }) => !isComplete(draft.variables[key])).map(({ key }) => key)
}

/** Whether the hub has exactly this. */
export function isSaved(list: List, draft: MatchDraft, template: Template | undefined): boolean {
  if (!list.match || !template) return false
  return (
    stable(matchOf(draft, template)) === stable(matchOf(draftOf(list, null), template)) &&
    list.template_id === template.id
  )
}

/**
 * Sources for what is still open after another template was chosen: the column of the same name, else the columns
 * behind the phone in their order, as the hub does it at the upload.
 */
export function suggestSources(template: Template, columns: readonly string[], draft: MatchDraft): Sources {
  const others = columns.filter((column) => column !== draft.phone && column !== draft.user_id)
  const guessed = template.variables.flatMap((variable) => {
    const source = isComplete(draft.variables[variable.key]) ? undefined : guess(variable, others)
    return source ? [[variable.key, source] as const] : []
  })
  return { ...draft.variables, ...Object.fromEntries(guessed) }
}

/** What one row of the file fills in. */
export function valuesOfRow(sources: Sources, cells: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sources).map(([key, { column, constant, attribute, fallback }]) => {
      const found = constant ?? (column === undefined ? undefined : cells[column]?.trim())
      return [key, found || fallback || (attribute ? `[${attribute}]` : '')]
    }),
  )
}

function guess(
  { key, place, kind }: TemplateVariable,
  columns: readonly string[],
): VariableSource | undefined {
  const named = columns.find((column) => fold(column) === fold(key))
  if (named !== undefined) return { column: named }
  if (place !== 'body' || kind !== 'text' || !/^\d+$/.test(key)) return undefined
  const column = columns[Number(key) - 1]
  return column === undefined ? undefined : { column }
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function isComplete(source: VariableSource | undefined): boolean {
  return [source?.column, source?.attribute, source?.constant].some((value) => value?.trim())
}

function trimSource({ fallback, ...source }: VariableSource): VariableSource {
  return fallback?.trim() ? { ...source, fallback: fallback.trim() } : source
}

/** JSON with its keys in order, so that equal things read equal. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a.localeCompare(b)))
      : inner,
  )
}
