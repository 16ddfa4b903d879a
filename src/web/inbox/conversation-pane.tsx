import { Drawer } from '@mantine/core'
import { useDisclosure, useHotkeys, useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation, Message } from '../../contract/index.ts'
import type { Page } from '../platform/api/api.ts'
import { useApi } from '../platform/api/use-api.ts'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { useAttachments } from './attachments.ts'
import { Composer } from './composer.tsx'
import { ContactPane } from './contact-pane.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import classes from './conversation-pane.module.css'
import { useConversation } from './conversations.ts'
import { usePendingReplies } from './pending-replies.ts'
import { replyWindow } from './reply-window.ts'
import { ThreadView } from './thread-view.tsx'
import { useCloseConversation } from './use-close-conversation.ts'
import { useFileDrop } from './use-file-drop.ts'

const route = getRouteApi('/w/$workspace/inbox/$conversationId')

/** The chosen conversation: what was said, the answer, and who it is. */
export function ConversationPane() {
  const { conversationId } = route.useParams()
  const seen = useSeenConversation(conversationId)
  const { data: conversation, error, refetch } = useConversation(conversationId, seen)
  if (error && !conversation) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!conversation) return <LoadingRows count={6} />
  return <OpenConversation key={conversationId} conversation={conversation} />
}

function OpenConversation({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('inbox')
  const [quoted, setQuoted] = useState<Message | null>(null)
  const composer = useRef<HTMLTextAreaElement>(null)
  const replies = usePendingReplies(conversation.id)
  const attachments = useAttachments(conversation.id)
  const drop = useFileDrop((files) => {
    if (!replyWindow(conversation.window_expires_at, Date.now()).isOpen) return
    attachments.add(files)
    composer.current?.focus()
  })
  const contact = useContactSide()
  const close = useCloseConversation()
  useHotkeys([
    ['r', () => composer.current?.focus()],
    ['e', () => close(conversation)],
  ])
  const quote = (message: Message) => {
    setQuoted(message)
    composer.current?.focus()
  }
  return (
    <div className={classes.conversation} data-contact={contact.isBeside || undefined}>
      <section
        className={classes.middle}
        aria-label={t('conversationWith', { name: conversation.contact.name })}
        {...drop.handlers}
      >
        {drop.isOver && (
          <div className={classes.drop} aria-hidden>
            <strong>{t('attach.drop')}</strong>
            {t('attach.limits')}
          </div>
        )}
        <ConversationHeader
          conversation={conversation}
          onClose={() => close(conversation)}
          onContact={contact.toggle}
        />
        <ThreadView conversation={conversation} replies={replies} onQuote={quote} />
        <Composer
          conversation={conversation}
          textarea={composer}
          attachments={attachments}
          quoted={quoted}
          onUnquote={() => setQuoted(null)}
          onSend={(sent) => {
            setQuoted(null)
            for (const { reply, text } of sent) replies.send(reply, text)
          }}
        />
      </section>
      {contact.isBeside && (
        <aside className={classes.contact} aria-label={t('contact.title')}>
          <ContactPane conversation={conversation} />
        </aside>
      )}
      <Drawer opened={contact.isOver} onClose={contact.toggle} title={t('contact.title')} size={360}>
        <ContactPane conversation={conversation} />
      </Drawer>
    </div>
  )
}

/** The contact stands beside the thread where there is room, and comes over it where there isn't. */
function useContactSide() {
  const hasRoom = useMediaQuery('(min-width: 75em)', undefined, { getInitialValueInEffect: false })
  const [isWanted, setWanted] = useLocalStorage({ key: 'parley-inbox-contact', defaultValue: true })
  const [isDrawerOpen, drawer] = useDisclosure()
  return {
    isBeside: hasRoom && isWanted,
    isOver: !hasRoom && isDrawerOpen,
    toggle: () => (hasRoom ? setWanted(!isWanted) : drawer.toggle()),
  }
}

/** What the list already knows of the conversation, so that the pane stands at once. */
function useSeenConversation(id: string): Conversation | undefined {
  const api = useApi()
  const queries = useQueryClient()
  const lists = queries.getQueriesData<{ pages: Page<Conversation>[] }>({
    queryKey: api.key('conversation', 'pages'),
  })
  return lists
    .flatMap(([, list]) => list?.pages ?? [])
    .flatMap((page) => page.data)
    .find((conversation) => conversation.id === id)
}
