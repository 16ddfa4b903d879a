import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ConsentSettings as Settings } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { ErrorState } from '../../platform/page/error-state.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { Section } from '../../platform/page/section.tsx'
import { ConsentForm } from './consent-form.tsx'

/** By which words do people opt out and in, and what do we answer? */
export function ConsentSettings() {
  const { t } = useTranslation('settings')
  const api = useApi()
  const {
    data: settings,
    error,
    refetch,
  } = useQuery({
    queryKey: api.key('consent_settings'),
    queryFn: ({ signal }) => api.get<Settings>('/consent-settings', {}, signal),
  })
  return (
    <Section title={t('tab.consent')} text={t('consent.text')}>
      <Stack maw={640}>
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!settings && !error && <LoadingRows count={4} />}
        {settings && <ConsentForm key={settings.updated_at ?? ''} settings={settings} />}
      </Stack>
    </Section>
  )
}
