import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Endpoint } from '../../contract/index.ts'
import { formatNumber, formatShare } from '../platform/format/number.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import classes from './endpoint-card.module.css'

/** How it went lately: share that arrived, what waits, the newest success and failure. */
export function EndpointFigures({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks')
  const { recent_attempts: recent, pending_deliveries: pending } = endpoint
  const attempts = recent.succeeded + recent.failed
  return (
    <dl className={classes.figures}>
      <Figure
        name={t('figure.arrived')}
        hint={
          attempts === 0
            ? t('figure.noAttempt')
            : t('figure.attempts', { count: attempts, n: formatNumber(attempts) })
        }
      >
        {attempts === 0 ? '–' : formatShare(recent.succeeded / attempts)}
      </Figure>
      <Figure
        name={t('figure.waiting')}
        hint={
          endpoint.enabled || pending === 0
            ? t('figure.waitingHint', { count: pending })
            : t('figure.waitingOff', { count: pending })
        }
      >
        {formatNumber(pending)}
      </Figure>
      <Figure name={t('lastSuccess')}>
        <When at={endpoint.last_success_at} />
      </Figure>
      <Figure name={t('lastFailure')} hint={endpoint.last_failure_at && endpoint.last_error?.message}>
        <When at={endpoint.last_failure_at} />
      </Figure>
    </dl>
  )
}

function Figure({ name, hint, children }: { name: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
      {hint && <dd className={classes.hint}>{hint}</dd>}
    </div>
  )
}

function When({ at }: { at: string | null }) {
  const { t } = useTranslation('webhooks')
  return at === null ? t('never') : <TimeText at={at} look="relative" />
}
