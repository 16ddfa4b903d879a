import { Loader } from '@mantine/core'
import { IconMessage2 } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation, Message } from '../../contract/index.ts'
import { dayName } from '../platform/format/time.ts'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import { useIsLate } from '../platform/page/loading.tsx'
import { MessageRow } from './message-row.tsx'
import type { usePendingReplies } from './pending-replies.ts'
import { PendingRow } from './pending-row.tsx'
import { useThread } from './thread.ts'
import { firstUnread, type ThreadItem, threadItems } from './thread-items.ts'
import classes from './thread-view.module.css'
import { useMarkRead } from './use-mark-read.ts'
import { useReact } from './use-react.ts'
import { useThreadScroll } from './use-thread-scroll.ts'

interface ThreadViewProps {
  conversation: Conversation
  replies: ReturnType<typeof usePendingReplies>
  onQuote: (message: Message) => void
}

/** What was said, oldest at the top; opens at its end and stays there while new messages come. */
export function ThreadView({ conversation, replies, onQuote }: ThreadViewProps) {
  const { t } = useTranslation('inbox')
  const thread = useThread(conversation.id)
  const { messages } = thread
  const unread = useUnreadLine(conversation, messages)
  const items = useMemo(() => threadItems(messages, unread), [messages, unread])
  const pending = replies.pending.filter((reply) => !messages.some((message) => message.id === reply.id))
  const react = useReact(conversation.id)
  useMarkRead(conversation)
  const scroll = useThreadScroll({
    firstKey: messages[0]?.id,
    lastKey: pending.at(-1)?.key ?? messages.at(-1)?.id,
    onTop: thread.readMore,
  })

  return (
    <div
      ref={scroll.ref}
      onScroll={scroll.onScroll}
      className={classes.scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
      tabIndex={0}
      role="log"
      aria-label={t('thread')}
    >
      <div className={classes.thread}>
        {thread.isReadingMore && <Loader size="sm" className={classes.older} />}
        {thread.isPending && <Opening />}
        {thread.error && <ErrorState error={thread.error} onRetry={() => void thread.refetch()} />}
        {thread.isSuccess && messages.length + pending.length === 0 && (
          <EmptyState icon={IconMessage2} title={t('noMessages')} text={t('noMessagesText')} />
        )}
        {items.map((item) => (
          <Item key={item.key} item={item} onQuote={onQuote} onReact={react} onSendAgain={replies.send} />
        ))}
        {pending.map((reply) => (
          <PendingRow
            key={reply.key}
            pending={reply}
            onSendAgain={() => replies.sendAgain(reply)}
            onDrop={() => replies.drop(reply.key)}
          />
        ))}
      </div>
    </div>
  )
}

interface ItemProps {
  item: ThreadItem
  onQuote: (message: Message) => void
  onReact: (message: Message, emoji: string) => void
  onSendAgain: ReturnType<typeof usePendingReplies>['send']
}

function Item({ item, onQuote, onReact, onSendAgain }: ItemProps) {
  const { t } = useTranslation('inbox')
  switch (item.kind) {
    case 'day':
      return (
        <div className={classes.day}>
          <span>{dayName(item.at)}</span>
        </div>
      )
    case 'unread':
      return (
        <div className={classes.unread}>
          <span>{t('unreadMessages', { count: item.count })}</span>
        </div>
      )
    case 'message':
      return (
        <MessageRow
          message={item.message}
          isFirst={item.isFirst}
          onQuote={() => onQuote(item.message)}
          onReact={(emoji) => onReact(item.message, emoji)}
          onSendAgain={onSendAgain}
        />
      )
  }
}

function Opening() {
  const isLate = useIsLate(200)
  return isLate ? <Loader size="sm" className={classes.older} /> : null
}

/** Where the unread began when the conversation was opened; it stays there while one reads. */
function useUnreadLine(conversation: Conversation, messages: Message[]) {
  const [countAtOpening] = useState(conversation.unread_count)
  const [line, setLine] = useState<{ firstId: string | null; count: number }>({ firstId: null, count: 0 })
  const isLoaded = messages.length > 0
  useEffect(() => {
    if (isLoaded && countAtOpening > 0) {
      setLine((now) =>
        now.firstId ? now : { firstId: firstUnread(messages, countAtOpening), count: countAtOpening },
      )
    }
  }, [isLoaded, countAtOpening, messages])
  return line
}
