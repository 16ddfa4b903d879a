import { Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactImport } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { FileDrop } from '../../platform/page/file-drop.tsx'
import { Page } from '../../platform/page/page.tsx'
import { PageHeader } from '../../platform/page/page-header.tsx'
import { Section } from '../../platform/page/section.tsx'
import classes from './import.module.css'
import { useImportChanged } from './imports.ts'
import { RecentImports } from './recent-imports.tsx'

const route = getRouteApi('/w/$workspace/contacts/import')

/** The file first. Once it is up and judged it has a page of its own. */
export function NewImportPage() {
  const { t } = useTranslation('contacts')
  const { workspace } = route.useParams()
  const [progress, setProgress] = useState<number | null>(null)
  const upload = useUpload(setProgress)
  return (
    <Page>
      <PageHeader
        title={t('import.title')}
        summary={t('import.summary')}
        back={{ label: t('title'), link: { to: '/w/$workspace/contacts', params: { workspace } } }}
      />
      <Section title={t('import.choose')} text={t('import.chooseText')}>
        {upload.error && <ErrorNote error={upload.error} title={t('import.refusedFile')} />}
        <FileDrop
          progress={upload.isPending ? (progress ?? 0) : null}
          onFile={(file) => upload.mutate(file)}
        />
        <Text size="sm" c="dimmed" mt="lg" mb={4}>
          {t('import.example')}
        </Text>
        <pre className={classes.example}>
          {'phone,name,city\n+598 91 234 567,Marta Silva,Montevideo\n5491123456789,Idris Okafor,Salto'}
        </pre>
      </Section>
      <RecentImports />
    </Page>
  )
}

function useUpload(onProgress: (share: number) => void) {
  const api = useApi()
  const navigate = useNavigate({ from: '/w/$workspace' })
  const changed = useImportChanged()
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.set('file', file)
      return api.upload<ContactImport>('/contacts/imports', form, onProgress)
    },
    onSuccess: async (added) => {
      changed(added)
      await navigate({ to: '/w/$workspace/contacts/import/$importId', params: { importId: added.id } })
    },
  })
}
