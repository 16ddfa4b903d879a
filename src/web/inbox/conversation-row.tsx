import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../contract/index.ts'
import { contactName } from '../contacts/contact-name.ts'
import { Ticks } from '../messages/ticks.tsx'
import { TimeText } from '../platform/format/time-text.tsx'
import { PersonAvatar } from '../platform/page/person-avatar.tsx'
import classes from './inbox-page.module.css'

/** One conversation in the list: who, when, what was said last, how many unread. */
export function ConversationRow({
  conversation,
  isChosen,
}: {
  conversation: Conversation
  isChosen: boolean
}) {
  const { t } = useTranslation('inbox')
  const { contact, last_message: last, unread_count: unread } = conversation
  return (
    <Link
      from="/w/$workspace/inbox"
      to="/w/$workspace/inbox/$conversationId"
      params={(params) => ({ ...params, conversationId: conversation.id })}
      search={(search) => search}
      className={classes.row}
      data-chosen={isChosen || undefined}
      data-unread={unread > 0 || undefined}
      {...(isChosen ? { 'aria-current': 'true' as const } : {})}
    >
      <PersonAvatar name={contact.name} size={42} />
      <div>
        <div className={classes.rowTop}>
          <span className={classes.rowName}>
            <bdi>{contactName(contact)}</bdi>
          </span>
          <TimeText at={conversation.last_message_at} className={classes.rowTime} />
        </div>
        <div className={classes.rowBottom}>
          {last?.direction === 'out' && (
            <span className={classes.rowTicks}>
              <Ticks status={last.status} />
            </span>
          )}
          <span className={classes.rowText} dir="auto">
            {last?.preview ?? t('noMessages')}
          </span>
          {unread > 0 && (
            <span className={classes.rowCount}>
              {unread}
              <span className="visually-hidden"> {t('unreadMessages', { count: unread })}</span>
            </span>
          )}
        </div>
      </div>
    </Link>
  )
}
