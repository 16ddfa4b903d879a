import { Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { FileDrop } from '../../platform/page/file-drop.tsx'
import { Page } from '../../platform/page/page.tsx'
import { PageHeader } from '../../platform/page/page-header.tsx'
import { Section } from '../../platform/page/section.tsx'
import { useHub, useHubChanged } from '../hubs.ts'
import { Steps } from './wizard-frame.tsx'

const route = getRouteApi('/w/$workspace/hubs/$hubId/lists/new')

/** First step of a list: the file. Once it is up the hub has a list, and the next steps have an address. */
export function NewListPage() {
  const { t } = useTranslation('hubs')
  const { workspace, hubId } = route.useParams()
  const { data: hub } = useHub(hubId)
  const [progress, setProgress] = useState<number | null>(null)
  const upload = useUpload(hubId, setProgress)
  return (
    <Page>
      <PageHeader
        title={t('wizard.title')}
        summary={hub && t('wizard.inHub', { name: hub.name })}
        back={{
          label: hub?.name ?? t('hub'),
          link: { to: '/w/$workspace/hubs/$hubId', params: { workspace, hubId } },
        }}
      />
      <Steps step="source" reached="source" />
      <Section title={t('source.title')} text={t('source.text')}>
        {upload.error && <ErrorNote error={upload.error} title={t('source.refused')} />}
        <FileDrop
          progress={upload.isPending ? (progress ?? 0) : null}
          onFile={(file) => upload.mutate(file)}
        />
        <Example />
      </Section>
    </Page>
  )
}

function Example() {
  const { t } = useTranslation('hubs')
  return (
    <div style={{ marginTop: 18 }}>
      <Text size="sm" c="dimmed" mb={4}>
        {t('source.example')}
      </Text>
      <Text component="pre" ff="monospace" fz={12.5} m={0} style={{ overflowX: 'auto' }}>
        {'phone,first_name,order\n+598 91 234 567,Marta,Q-1042\n5491123456789,Idris,Q-1043'}
      </Text>
    </div>
  )
}

function useUpload(hubId: string, onProgress: (share: number) => void) {
  const api = useApi()
  const navigate = useNavigate({ from: '/w/$workspace' })
  const changed = useHubChanged()
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.set('file', file)
      return api.upload<List>(`/hubs/${hubId}/lists`, form, onProgress)
    },
    onSuccess: async (list) => {
      void changed()
      await navigate({
        to: '/w/$workspace/hubs/$hubId/lists/$listId/prepare',
        params: { hubId, listId: list.id },
        search: { step: 'match' },
      })
    },
  })
}
