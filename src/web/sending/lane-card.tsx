import { Paper, Progress } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SendingLane } from '../../contract/index.ts'
import { formatNumber } from '../platform/format/number.ts'
import { formatPhone } from '../platform/format/phone.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { LaneStop } from './lane-stop.tsx'
import classes from './lanes.module.css'

/** The end of a process's name tells it apart; the whole of it stands in the hint. */
const nameLength = 8

const kinds = ['replies', 'api', 'lists'] as const

/** One number's way out: its rate against its pace, who holds it, what waits by kind. */
export function LaneCard({ lane }: { lane: SendingLane }) {
  const { t } = useTranslation('sending')
  const { rate_per_second: rate, pace_per_second: pace, inbound_per_second: inbound } = lane
  const phone = formatPhone(lane.display_phone_number.replaceAll(/\D/g, ''))
  const words = t('lanes.rate', { rate: formatNumber(rate), pace: formatNumber(pace) })
  return (
    <Paper withBorder radius="lg" component="li" className={classes.lane}>
      <div className={classes.number}>
        <Link
          from="/w/$workspace"
          to="/w/$workspace/numbers/$numberId"
          params={{ numberId: lane.number_id }}
          className={`numeric ${classes.phone}`}
        >
          {phone}
        </Link>
        <span className={classes.quiet}>{lane.verified_name}</span>
      </div>
      <div className={classes.rate}>
        <span className="numeric">{words}</span>
        <Progress
          value={Math.min(100, (rate / pace) * 100)}
          size="md"
          mt={6}
          transitionDuration={300}
          aria-label={t('lanes.rateLabel', { number: phone })}
        />
        {inbound > 0 && (
          <span className={`numeric ${classes.inbound}`}>
            {t('lanes.inbound', { rate: formatNumber(inbound) })}
          </span>
        )}
      </div>
      <dl className={classes.waiting} aria-label={t('lanes.waits')}>
        {kinds.map((kind) => (
          <div key={kind}>
            <dt>{t(`lanes.${kind}`)}</dt>
            <dd className="numeric">{formatNumber(lane.waiting[kind])}</dd>
          </div>
        ))}
      </dl>
      {lane.stop && <LaneStop stop={lane.stop} />}
      <Holder lane={lane} />
    </Paper>
  )
}

function Holder({ lane: { owner, held_since, epoch, waiting } }: { lane: SendingLane }) {
  const { t } = useTranslation('sending')
  if (owner === null) {
    // Lists may be paused or outside their hours; replies and API messages never wait for that.
    const isUrgent = waiting.replies + waiting.api > 0
    const words = isUrgent ? 'lanes.waiting' : waiting.lists > 0 ? 'lanes.listsWait' : 'lanes.idle'
    return (
      <p className={classes.holder} data-tone={isUrgent ? 'amber' : undefined}>
        {t(words)}
      </p>
    )
  }
  return (
    <p className={classes.holder}>
      <span title={owner}>{t('lanes.held', { owner: owner.slice(-nameLength) })}</span>
      {held_since && (
        <>
          {', '}
          {t('lanes.heldSince')} <TimeText at={held_since} look="relative" />
        </>
      )}
      {' · '}
      {t('lanes.epoch', { count: epoch, n: formatNumber(epoch) })}
    </p>
  )
}
