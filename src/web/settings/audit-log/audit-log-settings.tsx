import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { usePages } from '../../platform/api/use-pages.ts'
import { ErrorState } from '../../platform/page/error-state.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { MoreButton } from '../../platform/page/more-button.tsx'
import { Section } from '../../platform/page/section.tsx'
import { AuditEntryView } from './audit-entry-view.tsx'

/** Who changed what, when. */
export function AuditLogSettings() {
  const { t } = useTranslation(['settings', 'shell'])
  const api = useApi()
  const log = usePages<AuditEntry>({
    queryKey: api.key('audit', 'all'),
    path: '/audit-log',
    query: { limit: 50 },
  })
  return (
    <>
      <Section flush title={t('tab.auditLog')} text={t('audit.text')}>
        {log.error && <ErrorState error={log.error} onRetry={() => void log.refetch()} />}
        {log.isPending && <LoadingRows count={6} />}
        {log.isSuccess && log.items.length === 0 && (
          <Text c="dimmed" p="lg">
            {t('audit.empty')}
          </Text>
        )}
        {log.items.map((entry) => (
          <AuditEntryView key={entry.id} entry={entry} />
        ))}
      </Section>
      <MoreButton pages={log} />
    </>
  )
}
