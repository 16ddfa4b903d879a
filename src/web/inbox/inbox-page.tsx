import { Outlet, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ConversationList } from './conversation-list.tsx'
import classes from './inbox-page.module.css'

/** Who waits for me? Conversations at the side, the chosen one beside them; on a phone one after the other. */
export function InboxPage() {
  const { conversationId } = useParams({ strict: false })
  const { t } = useTranslation('inbox')
  return (
    <div className={classes.inbox} data-chosen={conversationId ? true : undefined}>
      <h1 className="visually-hidden">{t('title')}</h1>
      <ConversationList chosenId={conversationId} />
      <div className={classes.pane}>
        <Outlet />
      </div>
    </div>
  )
}
