import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../contract/index.ts'
import { ConversationRow } from './conversation-row.tsx'
import classes from './inbox-page.module.css'

interface VirtualRowsProps {
  conversations: Conversation[]
  chosenId: string | undefined
  scroller: RefObject<HTMLDivElement | null>
  /** Called when the last rows come into view. */
  onEnd: () => void
}

const rowHeight = 72

/** Only the rows in view are in the document, however many conversations there are. */
export function VirtualRows({ conversations, chosenId, scroller, onEnd }: VirtualRowsProps) {
  const { t } = useTranslation('inbox')
  const virtual = useVirtualizer({
    count: conversations.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => conversations[index]?.id ?? index,
    overscan: 8,
  })
  const rows = virtual.getVirtualItems()
  const lastShown = rows.at(-1)?.index ?? 0
  const end = useEffectEvent(onEnd)
  useEffect(() => {
    if (conversations.length > 0 && lastShown >= conversations.length - 5) end()
  }, [lastShown, conversations.length])

  const chosenIndex = conversations.findIndex((conversation) => conversation.id === chosenId)
  useEffect(() => {
    if (chosenIndex >= 0) virtual.scrollToIndex(chosenIndex, { align: 'auto' })
  }, [chosenIndex, virtual])

  return (
    <ul className={classes.rows} style={{ height: virtual.getTotalSize() }} aria-label={t('conversations')}>
      {rows.map((row) => {
        const conversation = conversations[row.index]
        return (
          conversation && (
            <li
              key={row.key}
              className={classes.rowSlot}
              style={{ height: rowHeight, transform: `translateY(${row.start}px)` }}
              aria-setsize={conversations.length}
              aria-posinset={row.index + 1}
            >
              <ConversationRow conversation={conversation} isChosen={conversation.id === chosenId} />
            </li>
          )
        )
      })}
    </ul>
  )
}
