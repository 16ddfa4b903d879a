import type { ContactImportMatch } from '../../../contract/index.ts'

/** What a column of the file becomes. */
export type Meaning =
  | { kind: 'phone' | 'user_id' | 'name' | 'opt_out' | 'none' }
  | { kind: 'attribute'; name: string }
export type MeaningKind = Meaning['kind']

export interface MatchDraft {
  meanings: Record<string, Meaning>
  scope: 'all' | 'marketing'
  /** Whether everybody in the file has opted out. */
  isOptOutOfAll: boolean
  known: ContactImportMatch['known']
}

/** The match as it is shown: by column. Without a match nothing is taken. */
export function draftOf(columns: readonly string[], match: ContactImportMatch | null): MatchDraft {
  const meanings = Object.fromEntries(columns.map((column) => [column, meaningOf(column, match)]))
  return {
    meanings,
    scope: match?.opt_out?.scope ?? 'all',
    isOptOutOfAll: match?.opt_out !== undefined && match.opt_out.column === undefined,
    known: match?.known ?? 'update',
  }
}

function meaningOf(column: string, match: ContactImportMatch | null): Meaning {
  if (match === null) return { kind: 'none' }
  if (match.phone === column) return { kind: 'phone' }
  if (match.user_id === column) return { kind: 'user_id' }
  if (match.name.includes(column)) return { kind: 'name' }
  if (match.opt_out?.column === column) return { kind: 'opt_out' }
  const attribute = Object.entries(match.attributes).find(([, from]) => from === column)
  return attribute ? { kind: 'attribute', name: attribute[0] } : { kind: 'none' }
}

const single: readonly MeaningKind[] = ['phone', 'user_id', 'opt_out']

/** A column takes its meaning over from the one that had it before, where only one can have it. */
export function withMeaning(draft: MatchDraft, column: string, meaning: Meaning): MatchDraft {
  const meanings = Object.fromEntries(
    Object.entries(draft.meanings).map(([other, before]): [string, Meaning] => {
      if (other === column) return [other, meaning]
      const isTaken = single.includes(meaning.kind) && before.kind === meaning.kind
      return [other, isTaken ? { kind: 'none' } : before]
    }),
  )
  return { ...draft, meanings, isOptOutOfAll: meaning.kind !== 'opt_out' && draft.isOptOutOfAll }
}

export type DraftProblem =
  | { code: 'nobody' }
  | { code: 'attribute_unnamed' | 'attribute_twice'; column: string }

/** Why the draft can't be sent to the hub; null when it can. */
export function problemOf({ meanings }: MatchDraft): DraftProblem | null {
  const names = new Set<string>()
  for (const [column, meaning] of Object.entries(meanings)) {
    if (meaning.kind !== 'attribute') continue
    const name = meaning.name.trim()
    if (name === '') return { code: 'attribute_unnamed', column }
    if (names.has(name)) return { code: 'attribute_twice', column }
    names.add(name)
  }
  const hasPeople = Object.values(meanings).some(({ kind }) => kind === 'phone' || kind === 'user_id')
  return hasPeople ? null : { code: 'nobody' }
}

export function matchOf(draft: MatchDraft): ContactImportMatch {
  const entries = Object.entries(draft.meanings)
  const columnOf = (kind: MeaningKind) => entries.find(([, meaning]) => meaning.kind === kind)?.[0]
  const [phone, userId, optOut] = [columnOf('phone'), columnOf('user_id'), columnOf('opt_out')]
  const hasOptOut = optOut !== undefined || draft.isOptOutOfAll
  return {
    ...(phone === undefined ? {} : { phone }),
    ...(userId === undefined ? {} : { user_id: userId }),
    name: entries.flatMap(([column, { kind }]) => (kind === 'name' ? [column] : [])),
    attributes: Object.fromEntries(
      entries.flatMap(([column, meaning]) =>
        meaning.kind === 'attribute' ? [[meaning.name.trim(), column]] : [],
      ),
    ),
    ...(hasOptOut
      ? { opt_out: { scope: draft.scope, ...(optOut === undefined ? {} : { column: optOut }) } }
      : {}),
    known: draft.known,
  }
}
