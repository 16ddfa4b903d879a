import { Button } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Template } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { useCan } from '../workspaces/me.ts'

/** Hands a draft to the provider; what it refuses, or can't take, stands here in its own words. */
export function SubmitDraft({ template }: { template: Template }) {
  const { t } = useTranslation('templates')
  const api = useApi()
  const queries = useQueryClient()
  const submit = useMutation({
    mutationFn: () => api.post<Template>(`/templates/${template.id}/submit`),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.key('template') }),
  })
  const maySubmit = useCan('supervisor')
  if (template.status !== 'DRAFT' || !maySubmit) return null
  return (
    <>
      {submit.error && <ErrorNote error={submit.error} />}
      <Button
        leftSection={<IconSend size={16} />}
        loading={submit.isPending}
        onClick={() => submit.mutate()}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('submit')}
      </Button>
    </>
  )
}
