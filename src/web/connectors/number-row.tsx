import { Progress } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { WhatsAppNumber } from '../../contract/index.ts'
import { formatNumber } from '../platform/format/number.ts'
import { formatPhone } from '../platform/format/phone.ts'
import { tierWords } from '../platform/format/tier.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { StateBadge } from '../platform/state/state-badge.tsx'
import classes from './connector-card.module.css'
import { useLimits } from './connectors.ts'

/** A number: can it send, how well is it seen, how much a day, how fast. */
export function NumberRow({ number }: { number: WhatsAppNumber }) {
  const { t } = useTranslation('connectors')
  const pace = number.pace_override_per_second ?? number.pace_limit_per_second
  return (
    <li className={classes.number}>
      <div>
        <Link
          from="/w/$workspace"
          to="/w/$workspace/numbers/$numberId"
          params={{ numberId: number.id }}
          className={classes.phone}
          aria-label={t('number.open', { phone: formatPhone(number.phone) })}
        >
          {formatPhone(number.phone)}
        </Link>
        <div className={classes.factLabel}>{number.verified_name}</div>
      </div>
      <Fact label={t('number.quality')}>
        <StateBadge state={number.connected ? number.quality_rating : 'DISCONNECTED'} size="sm" />
      </Fact>
      <Fact label={t('number.limit')}>
        <LimitUse number={number} />
      </Fact>
      <Fact label={t('number.pace')}>{t('number.perSecond', { count: pace })}</Fact>
      <Fact label={t('number.lastMessage')}>
        {number.last_inbound_at ? <TimeText at={number.last_inbound_at} look="relative" /> : t('never')}
      </Fact>
    </li>
  )
}

/** The share of the day's people already written to, as soon as it is known. */
function LimitUse({ number }: { number: WhatsAppNumber }) {
  const { t } = useTranslation('connectors')
  const limit = useLimits().get(number.id)
  const { messaging_limit_used: used = null, messaging_limit_total: total = null } = limit ?? {}
  if (used === null || total === null) {
    return tierWords(number.messaging_limit, {
      unlimited: t('number.unlimited'),
      unknown: t('number.unknown'),
    })
  }
  return (
    <>
      {t('number.used', { used: formatNumber(used), total: formatNumber(total) })}
      <Progress
        mt={5}
        maw={150}
        size="sm"
        value={Math.min(100, (used / total) * 100)}
        color={used >= total ? 'yellow' : 'leaf'}
        aria-label={t('numberPage.limit.bar')}
      />
    </>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <div className={classes.factLabel}>{label}</div>
      <div className={`${classes.fact} numeric`}>{children}</div>
    </div>
  )
}
