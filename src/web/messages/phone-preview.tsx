import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './phone-preview.module.css'

interface PhonePreviewProps {
  /** Bubbles. */
  children: ReactNode
  /** Who the customer sees as sender. */
  sender?: string | undefined
  /** Language of the message: right-to-left ones turn the screen. */
  language?: string
}

/** A phone's screen with messages on it, as the customer will see them. */
export function PhonePreview({ children, sender, language = 'en' }: PhonePreviewProps) {
  const { t } = useTranslation('messages')
  return (
    <figure className={classes.phone} aria-label={t('preview')} dir={isRightToLeft(language) ? 'rtl' : 'ltr'}>
      <div className={classes.bar}>
        <span className={classes.avatar} aria-hidden />
        <span className={classes.sender}>{sender ?? t('yourNumber')}</span>
      </div>
      <div className={classes.screen}>{children}</div>
    </figure>
  )
}

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur', 'prs', 'ps'])

function isRightToLeft(language: string): boolean {
  return rightToLeft.has(language.split(/[_-]/)[0] ?? '')
}
