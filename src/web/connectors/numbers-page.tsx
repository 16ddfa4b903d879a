import { Button, Stack } from '@mantine/core'
import { IconBrandWhatsapp, IconPlus } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Connector } from '../../contract/index.ts'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import { useCan } from '../workspaces/me.ts'
import { ConnectGupshupModal } from './connect-gupshup-modal.tsx'
import { ConnectMetaModal } from './connect-meta-modal.tsx'
import { ConnectorCard } from './connector-card.tsx'
import { useConnectors } from './connectors.ts'
import { HistoryDrawer } from './history/history-drawer.tsx'
import { SandboxButton } from './sandbox-button.tsx'

const route = getRouteApi('/w/$workspace/numbers')

/** Can I send? Each connected account with its numbers, its address for webhooks, and a check that says what is wrong. */
export function NumbersPage() {
  const { t } = useTranslation('connectors')
  const { connect, history } = route.useSearch()
  const navigate = useNavigate({ from: '/w/$workspace/numbers' })
  const { data: connectors, error, isPending, refetch } = useConnectors()
  const mayConnect = useCan('admin')
  const open = (provider: 'meta' | 'gupshup') => void navigate({ search: { connect: provider } })
  const close = () => void navigate({ search: {} })
  const isEmpty = connectors?.length === 0

  return (
    <Page>
      <PageHeader
        title={t('title')}
        summary={connectors && !isEmpty && <Answer connectors={connectors} />}
        actions={
          mayConnect &&
          !isEmpty && (
            <>
              <SandboxButton
                variant="default"
                hasOne={connectors?.some((one) => one.provider === 'sandbox') ?? true}
              />
              <Button variant="default" onClick={() => open('gupshup')}>
                {t('connectGupshup')}
              </Button>
              <Button leftSection={<IconPlus size={16} />} onClick={() => open('meta')}>
                {t('connectMeta')}
              </Button>
            </>
          )
        }
      />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingRows count={2} height={220} />}
      {isEmpty && (
        <EmptyState
          boxed
          icon={IconBrandWhatsapp}
          title={t('empty.title')}
          text={mayConnect ? t('empty.text') : t('empty.askAdmin')}
          action={
            mayConnect && (
              <>
                <SandboxButton hasOne={false} />
                <Button variant="default" onClick={() => open('meta')}>
                  {t('connectMeta')}
                </Button>
                <Button variant="default" onClick={() => open('gupshup')}>
                  {t('connectGupshup')}
                </Button>
              </>
            )
          }
        />
      )}
      <Stack gap="lg">
        {connectors?.map((connector) => (
          <ConnectorCard key={connector.id} connector={connector} />
        ))}
      </Stack>
      <HistoryDrawer id={history} onClose={close} />
      <ConnectMetaModal isOpen={connect === 'meta' && mayConnect} onClose={close} />
      <ConnectGupshupModal isOpen={connect === 'gupshup' && mayConnect} onClose={close} />
    </Page>
  )
}

/** With one of these against it, an account can't do its work. */
const stoppingFlags = new Set<string>([
  'account_restricted',
  'account_disabled',
  'account_disconnected',
  'account_review_rejected',
])

function Answer({ connectors }: { connectors: Connector[] }) {
  const { t } = useTranslation('connectors')
  const numbers = connectors.flatMap((connector) =>
    connector.numbers.map((number) => ({ number, connector })),
  )
  const ready = numbers.filter(
    ({ number, connector }) =>
      number.connected &&
      connector.status !== 'DISCONNECTED' &&
      !connector.flags.some(({ kind }) => stoppingFlags.has(kind)),
  )
  if (numbers.length === 0) return t('answer.none')
  if (ready.length === numbers.length) return t('answer.all', { count: ready.length })
  return t('answer.some', { count: numbers.length, ready: ready.length })
}
