import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiKey } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { usePages } from '../../platform/api/use-pages.ts'
import { DataTable } from '../../platform/page/data-table.tsx'
import { EmptyState } from '../../platform/page/empty-state.tsx'
import { ErrorState } from '../../platform/page/error-state.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { MoreButton } from '../../platform/page/more-button.tsx'
import { SecretModal } from '../../platform/page/secret-modal.tsx'
import { Section } from '../../platform/page/section.tsx'
import { ApiKeyRow } from './api-key-row.tsx'
import { CreateKeyModal } from './create-key-modal.tsx'

/** What programs may use this workspace's API. */
export function ApiKeysSettings() {
  const { t } = useTranslation(['settings', 'shell'])
  const api = useApi()
  const keys = usePages<ApiKey>({
    queryKey: api.key('api_key', 'all'),
    path: '/api-keys',
    query: { limit: 50 },
  })
  const [isCreating, creating] = useDisclosure()
  const [made, setMade] = useState<ApiKey | null>(null)
  const createButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={creating.open}>
      {t('keys.create')}
    </Button>
  )
  const isEmpty = keys.isSuccess && keys.items.length === 0
  return (
    <>
      {isEmpty ? (
        <EmptyState
          boxed
          icon={IconKey}
          title={t('keys.empty')}
          text={t('keys.emptyText')}
          action={
            <>
              {createButton}
              <DocumentsLink />
            </>
          }
        />
      ) : (
        <Section flush title={t('tab.apiKeys')} text={t('keys.text')} actions={createButton}>
          {keys.error && <ErrorState error={keys.error} onRetry={() => void keys.refetch()} />}
          {keys.isPending && <LoadingRows count={3} />}
          <DataTable
            label={t('tab.apiKeys')}
            columns={[t('keys.name'), t('keys.scopes'), t('keys.lastUsed'), t('keys.created'), '']}
          >
            {keys.items.map((key) => (
              <ApiKeyRow key={key.id} apiKey={key} />
            ))}
          </DataTable>
        </Section>
      )}
      <MoreButton pages={keys} />
      <CreateKeyModal isOpen={isCreating} onClose={creating.close} onCreated={setMade} />
      <SecretModal
        title={t('keys.made', { name: made?.name ?? '' })}
        label={t('keys.key')}
        text={t('keys.madeText')}
        secret={made?.secret ?? null}
        onClose={() => setMade(null)}
      />
    </>
  )
}

function DocumentsLink() {
  const { t } = useTranslation('settings')
  return (
    <Button component="a" href="/api/docs" target="_blank" rel="noreferrer" variant="default">
      {t('keys.documents')}
    </Button>
  )
}
