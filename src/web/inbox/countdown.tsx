import { IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './composer.module.css'
import { countdownParts, urgency } from './reply-window.ts'

/** How long free text is still allowed. */
export function Countdown({ leftMs }: { leftMs: number }) {
  const { t } = useTranslation('inbox')
  const { hours, minutes, seconds } = countdownParts(leftMs)
  const left =
    hours > 0
      ? t('left.hours', { hours, minutes })
      : minutes > 0
        ? t('left.minutes', { minutes, seconds })
        : t('left.seconds', { seconds })
  return (
    <span className={`${classes.countdown} numeric`} data-tone={urgency(leftMs)} title={t('left.why')}>
      <IconClock size={14} aria-hidden />
      {t('left.text', { left })}
    </span>
  )
}
