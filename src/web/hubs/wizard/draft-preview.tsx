import { useState } from 'react'
import type { List, Template } from '../../../contract/index.ts'
import { useBusinessName } from '../../connectors/connectors.ts'
import { PhonePreview } from '../../messages/phone-preview.tsx'
import { TemplateBubble } from '../../templates/template-bubble.tsx'
import type { MatchDraft } from './match-draft.ts'
import { valuesOfRow } from './match-draft.ts'
import { RowStepper } from './row-stepper.tsx'
import { useSampleRows } from './sample-rows.ts'

/** The message as the first customers of the file will see it, while the match is still being chosen. */
export function DraftPreview({
  list,
  template,
  draft,
}: {
  list: List
  template: Template
  draft: MatchDraft
}) {
  const rows = useSampleRows(list.id)
  const sender = useBusinessName({ numberId: list.number_id })
  const [index, setIndex] = useState(0)
  const cells = rows[Math.min(index, rows.length - 1)]?.cells
  return (
    <div>
      {rows.length > 0 && (
        <RowStepper row={index + 1} last={rows.length} onChange={(row) => setIndex(row - 1)} />
      )}
      <PhonePreview language={template.language} sender={sender}>
        <TemplateBubble template={template} values={cells ? valuesOfRow(draft.variables, cells) : {}} />
      </PhonePreview>
    </div>
  )
}
