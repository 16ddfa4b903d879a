import { Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { List, listPreview, Template } from '../../../contract/index.ts'
import { useBusinessName } from '../../connectors/connectors.ts'
import { PhonePreview } from '../../messages/phone-preview.tsx'
import { useApi } from '../../platform/api/use-api.ts'
import { formatPhone } from '../../platform/format/phone.ts'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { TemplateBubble } from '../../templates/template-bubble.tsx'
import { RowStepper } from './row-stepper.tsx'

/** Any row exactly as it will go out, filled by the hub. */
export function RowPreview({ list, template }: { list: List; template: Template }) {
  const api = useApi()
  const [row, setRow] = useState(1)
  const sender = useBusinessName({ numberId: list.number_id })
  const { data: preview, error } = useQuery({
    queryKey: api.key('list', 'preview', list.id, row, list.match),
    queryFn: ({ signal }) =>
      api.get<z.infer<typeof listPreview>>(`/lists/${list.id}/preview`, { row }, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <div>
      <RowStepper row={row} last={list.rows} onChange={setRow} />
      {error && <ErrorNote error={error} />}
      <PhonePreview language={template.language} sender={sender}>
        <TemplateBubble template={template} values={preview?.variables ?? {}} />
      </PhonePreview>
      {preview && (
        <Text size="sm" ta="center" mt="sm" c={preview.problem ? 'var(--mantine-color-error)' : 'dimmed'}>
          {preview.problem ? preview.problem.message : preview.phone && formatPhone(preview.phone)}
        </Text>
      )}
    </div>
  )
}
