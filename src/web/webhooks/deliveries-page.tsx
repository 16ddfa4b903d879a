import { Button, Select } from '@mantine/core'
import { IconSearch, IconTruckDelivery } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import filters from '../platform/page/filters.module.css'
import { LinkButton } from '../platform/page/link-button.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import { useDeliveries } from './deliveries.ts'
import { DeliveriesTable } from './deliveries-table.tsx'
import { DeliveryDrawer } from './delivery-drawer.tsx'
import { useEndpoints } from './endpoints.ts'
import { type DeliveryFilter, deliveryStates } from './filter.ts'

const route = getRouteApi('/w/$workspace/events/deliveries')

/** What did we tell your systems, and did they hear it? */
export function DeliveriesPage() {
  const { t } = useTranslation(['webhooks', 'shell'])
  const filter = route.useSearch()
  const navigate = useNavigate({ from: '/w/$workspace/events/deliveries' })
  const change = (next: DeliveryFilter) => void navigate({ search: next, replace: true })
  const { delivery: open, ...shown } = filter
  const deliveries = useDeliveries(filter)
  const isFiltered = Object.keys(shown).length > 0
  const isEmpty = deliveries.isSuccess && deliveries.items.length === 0
  return (
    <Page>
      <PageHeader title={t('deliveries.title')} summary={t('deliveries.summary')} />
      {(!isEmpty || isFiltered) && <Filters filter={filter} onChange={change} />}
      {deliveries.error && <ErrorState error={deliveries.error} onRetry={() => void deliveries.refetch()} />}
      {deliveries.isPending && <LoadingRows count={8} />}
      {isEmpty && <Nothing isFiltered={isFiltered} onClear={() => change({})} />}
      {deliveries.items.length > 0 && (
        <DeliveriesTable
          deliveries={deliveries.items}
          onOpen={({ id }) => change({ ...filter, delivery: id })}
        />
      )}
      {deliveries.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={deliveries.isFetchingNextPage}
          onClick={() => void deliveries.fetchNextPage()}
        >
          {t('shell:more')}
        </Button>
      )}
      <DeliveryDrawer
        id={open}
        onClose={() => change(shown)}
        onOpen={(id) => change({ ...shown, delivery: id })}
      />
    </Page>
  )
}

function Filters({
  filter,
  onChange,
}: {
  filter: DeliveryFilter
  onChange: (filter: DeliveryFilter) => void
}) {
  const { t } = useTranslation(['webhooks', 'states'])
  const { data: endpoints = [] } = useEndpoints()
  const { endpoint, state } = filter
  return (
    <div className={filters.filters}>
      <Select
        aria-label={t('deliveries.endpoint')}
        data={[
          { value: 'all', label: t('deliveries.everyEndpoint') },
          ...endpoints.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={endpoint ?? 'all'}
        allowDeselect={false}
        onChange={(value) =>
          onChange({ ...(state ? { state } : {}), ...(value && value !== 'all' ? { endpoint: value } : {}) })
        }
        className={filters.search}
      />
      <Select
        aria-label={t('deliveries.state')}
        data={[
          { value: 'all', label: t('deliveries.everyState') },
          ...deliveryStates.map((one) => ({ value: one, label: t(`states:${one}`) })),
        ]}
        value={state ?? 'all'}
        allowDeselect={false}
        onChange={(value) => {
          const chosen = deliveryStates.find((one) => one === value)
          onChange({ ...(endpoint ? { endpoint } : {}), ...(chosen ? { state: chosen } : {}) })
        }}
        w={170}
      />
    </div>
  )
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { t } = useTranslation('webhooks')
  if (isFiltered) {
    return (
      <EmptyState
        boxed
        icon={IconSearch}
        title={t('deliveries.nothing')}
        text={t('deliveries.nothingText')}
        action={
          <Button variant="default" onClick={onClear}>
            {t('deliveries.clear')}
          </Button>
        }
      />
    )
  }
  return (
    <EmptyState
      boxed
      icon={IconTruckDelivery}
      title={t('deliveries.empty')}
      text={t('deliveries.emptyText')}
      action={
        <LinkButton from="/w/$workspace" to="/w/$workspace/events/webhooks">
          {t('deliveries.toWebhooks')}
        </LinkButton>
      }
    />
  )
}
