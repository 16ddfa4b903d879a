import {
  IconAlertCircle,
  IconCheck,
  IconChecks,
  IconClock,
  IconHelpCircle,
  IconPlayerPause,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MessageStatus } from '../../contract/index.ts'
import { stateLooks } from '../platform/state/state-looks.ts'
import classes from './ticks.module.css'

const icons = {
  queued: IconClock,
  sending: IconClock,
  accepted: IconCheck,
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  failed: IconAlertCircle,
  expired: IconAlertCircle,
  cancelled: IconAlertCircle,
  skipped: IconAlertCircle,
  held: IconPlayerPause,
  unknown: IconHelpCircle,
} as const

/** The ticks of an outgoing message; the word is there for screen readers and on hover. */
export function Ticks({ status }: { status: MessageStatus }) {
  const { t } = useTranslation('states')
  if (status === 'received') return null
  const Icon = icons[status]
  return (
    <span
      className={classes.ticks}
      data-tone={stateLooks[status].tone}
      data-status={status}
      title={t(status)}
    >
      <Icon size={16} stroke={2} aria-hidden />
      <span className="visually-hidden">{t(status)}</span>
    </span>
  )
}
