import { useTranslation } from 'react-i18next'
import type { MessageContent } from '../../contract/index.ts'
import classes from './message-content.module.css'

/** A kind that came into being after this version: said so, and shown as it came. */
export function UnknownContent({ type, content }: { type: string; content: MessageContent }) {
  const { t } = useTranslation('messages')
  return (
    <div className={classes.unknown}>
      <div>{t('unknown.title', { type })}</div>
      <div className={classes.quiet}>{t('unknown.text')}</div>
      <details>
        <summary>{t('unknown.raw')}</summary>
        <pre className={classes.raw}>{JSON.stringify(content, null, 2)}</pre>
      </details>
    </div>
  )
}
