import { IconTruckDelivery } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import { FilterSelect } from '../platform/page/filter-select.tsx'
import filters from '../platform/page/filters.module.css'
import { LinkButton } from '../platform/page/link-button.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { MoreButton } from '../platform/page/more-button.tsx'
import { NothingFound } from '../platform/page/nothing-found.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import { useDeliveries } from './deliveries.ts'
import { DeliveriesTable } from './deliveries-table.tsx'
import { DeliveryDrawer } from './delivery-drawer.tsx'
import { useEndpoints } from './endpoints.ts'
import { everyEventType } from './event-types.ts'
import { type DeliveryFilter, deliveryStates, readDeliveryFilter } from './filter.ts'

const route = getRouteApi('/w/$workspace/events/deliveries')

/** What did we tell your systems, and did they hear it? */
export function DeliveriesPage() {
  const { t } = useTranslation('webhooks')
  const filter = readDeliveryFilter(route.useSearch())
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
      <MoreButton pages={deliveries} />
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
  const { endpoint: _endpoint, ...anywhere } = filter
  const { state: _state, ...anyhow } = filter
  const { type: _type, ...anything } = filter
  return (
    <div className={filters.filters}>
      <FilterSelect
        label={t('deliveries.endpoint')}
        all={t('deliveries.everyEndpoint')}
        options={endpoints.map(({ id, name }) => ({ value: id, label: name }))}
        value={endpoints.find(({ id }) => id === filter.endpoint)?.id}
        onChange={(endpoint) => onChange({ ...anywhere, ...(endpoint ? { endpoint } : {}) })}
        width={240}
      />
      <FilterSelect
        label={t('deliveries.state')}
        all={t('deliveries.everyState')}
        options={deliveryStates.map((state) => ({ value: state, label: t(`states:${state}`) }))}
        value={filter.state}
        onChange={(state) => onChange({ ...anyhow, ...(state ? { state } : {}) })}
      />
      <FilterSelect
        label={t('deliveries.type')}
        all={t('deliveries.everyType')}
        options={everyEventType.map((type) => ({ value: type, label: type }))}
        value={filter.type}
        onChange={(type) => onChange({ ...anything, ...(type ? { type } : {}) })}
        width={240}
        searchable
      />
    </div>
  )
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { t } = useTranslation('webhooks')
  if (isFiltered) {
    return (
      <NothingFound
        title={t('deliveries.nothing')}
        text={t('deliveries.nothingText')}
        clear={t('deliveries.clear')}
        onClear={onClear}
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
