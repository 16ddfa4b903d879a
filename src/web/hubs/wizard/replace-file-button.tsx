import { Button } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { useHubChanged } from '../hubs.ts'

/** Drops this list, of which nothing was sent, and begins with another file. */
export function ReplaceFileButton({ list }: { list: List }) {
  const { t } = useTranslation('hubs')
  const api = useApi()
  const navigate = useNavigate({ from: '/w/$workspace' })
  const changed = useHubChanged()
  const replace = useMutation({
    mutationFn: () => api.remove(`/lists/${list.id}`),
    onSuccess: async () => {
      await navigate({ to: '/w/$workspace/hubs/$hubId/lists/new', params: { hubId: list.hub_id } })
      void changed()
    },
  })
  return (
    <>
      {replace.error && <ErrorNote error={replace.error} />}
      <Button
        variant="default"
        leftSection={<IconFileUpload size={16} />}
        loading={replace.isPending}
        disabled={list.state === 'importing'}
        onClick={() => replace.mutate()}
      >
        {t('source.replace')}
      </Button>
    </>
  )
}
