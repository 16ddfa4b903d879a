import { Collapse, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DeliveryAttempt } from '../../contract/index.ts'
import { formatNumber } from '../platform/format/number.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { JsonView } from '../platform/page/json-view.tsx'
import { StateBadge } from '../platform/state/state-badge.tsx'
import classes from './attempt-view.module.css'

/** One attempt in a line; opened, the headers of both sides and the answer. */
export function AttemptView({ attempt }: { attempt: DeliveryAttempt }) {
  const { t } = useTranslation('webhooks')
  const [isOpen, { toggle }] = useDisclosure()
  return (
    <div className={classes.attempt}>
      <UnstyledButton className={classes.line} onClick={toggle} aria-expanded={isOpen}>
        <span className={classes.said}>
          <span className={classes.n}>{t('attempt.n', { n: attempt.n })}</span>
          <StateBadge
            state={attempt.error === null ? 'delivered' : 'failed'}
            size="sm"
            label={attempt.http_status === null ? t('attempt.noAnswer') : `HTTP ${attempt.http_status}`}
          />
          <span className={classes.facts}>
            {attempt.latency_ms !== null && t('ms', { n: formatNumber(attempt.latency_ms) })}
            {' · '}
            <TimeText at={attempt.at} look="exact" />
          </span>
        </span>
        <IconChevronDown size={16} aria-hidden className={classes.chevron} data-open={isOpen || undefined} />
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <div className={classes.details}>
          {attempt.error && <p className={classes.error}>{attempt.error}</p>}
          <Address url={attempt.destination_url} />
          <Headers title={t('attempt.sent')} headers={attempt.request_headers} />
          <Headers title={t('attempt.answered')} headers={attempt.response_headers} />
          {attempt.response_body && <JsonView label={t('attempt.answerBody')} text={attempt.response_body} />}
        </div>
      </Collapse>
    </div>
  )
}

function Address({ url }: { url: string | null }) {
  const { t } = useTranslation('webhooks')
  if (url === null) return null
  return (
    <div>
      <div className={classes.title}>{t('attempt.address')}</div>
      <div className={classes.address}>{url}</div>
    </div>
  )
}

function Headers({ title, headers }: { title: string; headers: Record<string, string> }) {
  const lines = Object.entries(headers)
  if (lines.length === 0) return null
  return (
    <div>
      <div className={classes.title}>{title}</div>
      <dl className={classes.headers}>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
