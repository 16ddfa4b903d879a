import { IconPhone, IconPhoneOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../contract/index.ts'
import { numberAt, textAt } from './content.ts'
import classes from './message-content.module.css'

/** A call, as far as it is known how it went. Parley answers none. */
export function CallContent({ content }: Pick<Message, 'content'>) {
  const { t } = useTranslation('messages')
  const { call } = content
  const seconds = numberAt(call, 'duration_seconds')
  const isOurs = textAt(call, 'direction') === 'out'
  const event = textAt(call, 'event')
  const isMissed = event === 'rejected' || (event === 'terminate' && textAt(call, 'result') !== 'COMPLETED')
  const Icon = isMissed ? IconPhoneOff : IconPhone
  return (
    <div className={classes.card}>
      <Icon size={22} aria-hidden />
      <div>
        <div>{isOurs ? t('call.out') : t('call.in')}</div>
        <div className={classes.quiet}>
          {isMissed && t('call.missed')}
          {!isMissed && seconds !== null && t('call.length', { length: lengthWords(seconds) })}
          {!isMissed && seconds === null && t('call.begun')}
        </div>
      </div>
    </div>
  )
}

/** `2:05` */
function lengthWords(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
