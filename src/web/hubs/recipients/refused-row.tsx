import { Button, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { List, Recipient } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { formatNumber } from '../../platform/format/number.ts'
import classes from './refused-row.module.css'

interface RefusedRowProps {
  list: List
  row: Recipient
  phoneColumn: string
}

/** One refused row with what may be wrong in it as fields. Mended, it leaves the table. */
export function RefusedRow({ list, row, phoneColumn }: RefusedRowProps) {
  const { t } = useTranslation('hubs')
  const [changes, setChanges] = useState<Record<string, string>>({})
  const correct = useCorrect(list, row)
  const columns = suspects(list, row, phoneColumn)
  const isChanged = columns.some((column) => (changes[column] ?? row.cells[column]) !== row.cells[column])
  const save = () => {
    if (isChanged) correct.mutate(changes)
  }
  return (
    <tr>
      <td data-label={t('column.row')} className="numeric">
        {formatNumber(row.row_number)}
      </td>
      <td>
        <div className={classes.cells}>
          {columns.map((column) => (
            <TextInput
              key={column}
              label={column}
              size="xs"
              value={changes[column] ?? row.cells[column] ?? ''}
              error={column === columns[0] && !isChanged}
              onChange={(event) => setChanges({ ...changes, [column]: event.currentTarget.value })}
              onKeyDown={(event) => event.key === 'Enter' && save()}
            />
          ))}
        </div>
      </td>
      <td data-label={t('refused.reason')} className={classes.reason}>
        {correct.error ? correct.error.message : row.problem?.message}
      </td>
      <td>
        {isChanged ? (
          <Button size="compact-md" loading={correct.isPending} onClick={save}>
            {t('refused.correct')}
          </Button>
        ) : (
          <Text size="sm" c="dimmed">
            {t('refused.leftOut')}
          </Text>
        )}
      </td>
    </tr>
  )
}

/** What says who it is; for a value that is empty or does not fit, the cells it may come from; with shifted cells, all of them. */
function suspects(list: List, row: Recipient, phoneColumn: string): string[] {
  if (row.problem?.code === 'wrong_columns') return list.columns
  const match = list.match ?? list.suggested_match
  const people = [phoneColumn || match?.phone || '', match?.user_id ?? ''].filter((column) => column !== '')
  const needed = Object.values(match?.variables ?? {}).flatMap(({ column }) => column ?? [])
  if (row.problem?.code === 'wrong_value') return needed.length > 0 ? [...new Set(needed)] : list.columns
  if (row.problem?.code !== 'missing_variable') return people.length === 0 ? list.columns : people
  const empty = [...new Set(needed)].filter((column) => (row.cells[column] ?? '').trim() === '')
  return empty.length > 0 ? empty : list.columns
}

function useCorrect(list: List, row: Recipient) {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (cells: Record<string, string>) =>
      api.patch<Recipient>(`/lists/${list.id}/recipients/${row.id}`, { cells }),
    onSuccess: async () => {
      await Promise.all(
        ['list', 'recipient'].map((topic) => queries.invalidateQueries({ queryKey: api.key(topic) })),
      )
    },
  })
}
