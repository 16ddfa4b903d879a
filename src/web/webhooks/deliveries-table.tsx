import { useTranslation } from 'react-i18next'
import type { Delivery } from '../../contract/index.ts'
import { formatNumber } from '../platform/format/number.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { DataTable } from '../platform/page/data-table.tsx'
import rows from '../platform/page/row-link.module.css'
import { StateBadge } from '../platform/state/state-badge.tsx'
import classes from './deliveries-table.module.css'
import { useEndpoints } from './endpoints.ts'

interface DeliveriesTableProps {
  deliveries: Delivery[]
  onOpen: (delivery: Delivery) => void
}

/** One row per event and endpoint; a row opens its attempts. */
export function DeliveriesTable({ deliveries, onOpen }: DeliveriesTableProps) {
  const { t } = useTranslation('webhooks')
  const { data: endpoints } = useEndpoints()
  return (
    <DataTable
      label={t('deliveries.title')}
      columns={[
        t('column.event'),
        t('column.state'),
        t('column.answer'),
        t('column.attempts'),
        t('column.endpoint'),
        t('column.at'),
      ]}
    >
      {deliveries.map((delivery) => (
        <tr key={delivery.id} className={rows.row}>
          <td>
            <button
              type="button"
              className={`${rows.link} ${classes.event}`}
              onClick={() => onOpen(delivery)}
            >
              {delivery.event_type}
              {delivery.cause !== 'event' && (
                <span className={classes.cause}>{t(`cause.${delivery.cause}`)}</span>
              )}
            </button>
          </td>
          <td data-label={t('column.state')}>
            <StateBadge state={delivery.state} size="sm" title={delivery.last_error?.message} />
          </td>
          <td data-label={t('column.answer')} className="numeric">
            <Answer delivery={delivery} />
          </td>
          <td data-label={t('column.attempts')} className="numeric">
            {formatNumber(delivery.attempts)}
          </td>
          <td data-label={t('column.endpoint')} className={classes.endpoint}>
            {endpoints?.find(({ id }) => id === delivery.endpoint_id)?.name ?? t('deliveries.gone')}
          </td>
          <td data-label={t('column.at')} className={classes.time}>
            <TimeText at={delivery.created_at} />
          </td>
        </tr>
      ))}
    </DataTable>
  )
}

function Answer({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('webhooks')
  const { last_http_status: status, last_latency_ms: latency, last_error: error } = delivery
  const parts = [
    status ?? (error ? t(`error.${knownError(error.kind)}`) : null),
    latency === null ? null : t('ms', { n: formatNumber(latency) }),
  ]
  return parts.filter((part) => part !== null).join(' · ') || '–'
}

const errors = [
  'refused',
  'dns',
  'connect',
  'tls',
  'timeout',
  'reset',
  'redirect',
  'gone',
  'no_form',
] as const

function knownError(kind: string) {
  return errors.find((one) => one === kind) ?? 'other'
}
