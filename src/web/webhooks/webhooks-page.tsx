import { Button, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconWebhook } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Endpoint } from '../../contract/index.ts'
import { formatNumber } from '../platform/format/number.ts'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import { SecretModal } from '../platform/page/secret-modal.tsx'
import { useCan } from '../workspaces/me.ts'
import { EndpointCard } from './endpoint-card.tsx'
import { EndpointModal } from './endpoint-modal.tsx'
import { useEndpoints } from './endpoints.ts'

/** Does my system hear everything? */
export function WebhooksPage() {
  const { t } = useTranslation('webhooks')
  const { data: endpoints, error, isPending, refetch } = useEndpoints()
  const [isAdding, adding] = useDisclosure()
  const [made, setMade] = useState<Endpoint | null>(null)
  const mayManage = useCan('admin')
  const isEmpty = endpoints?.length === 0
  const addButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={adding.open}>
      {t('add')}
    </Button>
  )
  return (
    <Page>
      <PageHeader
        title={t('title')}
        summary={endpoints && !isEmpty && <Answer endpoints={endpoints} />}
        actions={mayManage && endpoints && !isEmpty && addButton}
      />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingRows count={2} height={150} />}
      {isEmpty && (
        <EmptyState
          boxed
          icon={IconWebhook}
          title={t('empty.title')}
          text={t('empty.text')}
          action={mayManage && addButton}
        />
      )}
      <Stack gap="lg">
        {endpoints?.map((endpoint) => (
          <EndpointCard key={endpoint.id} endpoint={endpoint} onSecret={setMade} />
        ))}
      </Stack>
      <EndpointModal isOpen={isAdding} onClose={adding.close} onSaved={setMade} />
      <SecretModal
        title={t('secret.title')}
        label={t('secret.label')}
        text={t('secret.text')}
        secret={made?.secret ?? null}
        warning={made?.warning}
        onClose={() => setMade(null)}
      />
    </Page>
  )
}

function Answer({ endpoints }: { endpoints: Endpoint[] }) {
  const { t } = useTranslation('webhooks')
  const troubled = endpoints.filter(({ health }) => health === 'failing' || health === 'resting')
  const off = endpoints.filter(({ health }) => health === 'disabled')
  const pending = endpoints.reduce((sum, endpoint) => sum + endpoint.pending_deliveries, 0)
  const first =
    troubled.length > 0
      ? t('answer.troubled', { count: troubled.length })
      : off.length === endpoints.length
        ? t('answer.off')
        : t('answer.fine')
  return (
    <>
      {first} {pending > 0 && t('answer.pending', { count: pending, n: formatNumber(pending) })}
    </>
  )
}
