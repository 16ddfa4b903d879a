import type { MessageContent } from '../../../contract/index.ts'
import { checkParameters, type FillableTemplate, fillTemplate, renderPreview } from '../../templates/index.ts'
import { type RowReader, readVariables } from '../match/check-row.ts'
import type { KnownContact, StoredRow } from '../recipients/queries.ts'

export type FilledRow = { ok: true; content: MessageContent } | { ok: false; problem: string }

export interface RowToFill {
  template: FillableTemplate & { category: string }
  reader: RowReader
  row: Pick<StoredRow, 'cells' | 'phone'>
  contact: KnownContact | undefined
}

/** The message of one row, or why it gets none: what Meta would refuse is not paid for. */
export function fillRow({ template, reader, row, contact }: RowToFill): FilledRow {
  if (contact?.opted_out) return { ok: false, problem: 'opted_out' }
  // https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids (error 131062), read 2026-02-06.
  if (template.category === 'AUTHENTICATION' && row.phone === null)
    return { ok: false, problem: 'phone_needed' }
  const values = readVariables(reader, row.cells, contact?.attributes ?? {})
  const filled = fillTemplate(template, values)
  if (!filled.ok) return { ok: false, problem: `missing_attribute:${filled.missing[0] ?? ''}` }
  const [wrong] = checkParameters(template, filled.template)
  if (wrong) return { ok: false, problem: `template_parameters_wrong:${wrong.key}: ${wrong.message}` }
  const preview = renderPreview(template.components, values)
  return { ok: true, content: { template: filled.template, text: { body: preview.body }, preview } }
}
