import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactImport } from '../../../contract/index.ts'
import { DataTable } from '../../platform/page/data-table.tsx'
import classes from './import.module.css'
import {
  type DraftProblem,
  type MatchDraft,
  type Meaning,
  type MeaningKind,
  withMeaning,
} from './match-draft.ts'

const kinds: readonly MeaningKind[] = ['phone', 'user_id', 'name', 'attribute', 'opt_out', 'none']
const shownValues = 3

interface ColumnTableProps {
  one: ContactImport
  draft: MatchDraft
  problem: DraftProblem | null
  onChange: (draft: MatchDraft) => void
}

/** One row per column of the file, with its first values and what it becomes. */
export function ColumnTable({ one, draft, problem, onChange }: ColumnTableProps) {
  const { t } = useTranslation('contacts')
  return (
    <DataTable
      label={t('import.match.title')}
      columns={[t('import.match.column'), t('import.match.sample'), t('import.match.meaning')]}
    >
      {one.columns.map((column, index) => {
        const meaning = draft.meanings[column] ?? { kind: 'none' }
        const values = one.sample.map((row) => row[index]?.trim()).filter(Boolean)
        const isWrong = problem !== null && 'column' in problem && problem.column === column
        return (
          <tr key={column} className={meaning.kind === 'none' ? classes.left : undefined}>
            <td>
              <span className={classes.column}>{column}</span>
            </td>
            <td data-label={t('import.match.sample')}>
              <span className={classes.sample} dir="auto">
                {values.slice(0, shownValues).join(' · ') || t('import.match.empty')}
              </span>
            </td>
            <td data-label={t('import.match.meaning')}>
              <MeaningField
                column={column}
                meaning={meaning}
                error={isWrong ? t(`import.match.${problem.code}`) : null}
                onChange={(next) => onChange(withMeaning(draft, column, next))}
              />
            </td>
          </tr>
        )
      })}
    </DataTable>
  )
}

interface MeaningFieldProps {
  column: string
  meaning: Meaning
  error: string | null
  onChange: (meaning: Meaning) => void
}

function MeaningField({ column, meaning, error, onChange }: MeaningFieldProps) {
  const { t } = useTranslation('contacts')
  return (
    <div className={classes.meaning}>
      <Select
        aria-label={t('import.match.meaningOf', { column })}
        data={kinds.map((kind) => ({ value: kind, label: t(`import.match.kind.${kind}`) }))}
        value={meaning.kind}
        allowDeselect={false}
        onChange={(value) => {
          const kind = kinds.find((one) => one === value) ?? 'none'
          onChange(kind === 'attribute' ? { kind, name: column.slice(0, 64) } : { kind })
        }}
      />
      {meaning.kind === 'attribute' && (
        <AttributeName
          key={meaning.name}
          column={column}
          name={meaning.name}
          error={error}
          onChange={onChange}
        />
      )}
    </div>
  )
}

interface AttributeNameProps {
  column: string
  name: string
  error: string | null
  onChange: (meaning: Meaning) => void
}

/** Tells what was typed once it is done: every change has the whole file checked. */
function AttributeName({ column, name, error, onChange }: AttributeNameProps) {
  const { t } = useTranslation('contacts')
  const [typed, setTyped] = useState(name)
  const done = () => (typed === name ? undefined : onChange({ kind: 'attribute', name: typed }))
  return (
    <TextInput
      aria-label={t('import.match.attributeOf', { column })}
      value={typed}
      maxLength={64}
      error={error}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done()
      }}
    />
  )
}
