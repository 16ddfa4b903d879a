import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Message, Reply } from '../../contract/index.ts'
import { Bubble } from '../messages/bubble.tsx'
import { buttonsOf, textAt } from '../messages/content.ts'
import { FoundBy } from '../messages/found-by.tsx'
import { MessageContent } from '../messages/message-content.tsx'
import { Ticks } from '../messages/ticks.tsx'
import { formatPhone } from '../platform/format/phone.ts'
import { clockTime, exactTime } from '../platform/format/time.ts'
import { MessageActions } from './message-actions.tsx'
import { MessageDelay, MessageFailure } from './message-failure.tsx'
import classes from './thread-view.module.css'

interface MessageRowProps {
  message: Message
  isFirst: boolean
  onQuote: () => void
  onReact: (emoji: string) => void
  onSendAgain: (reply: Reply, text: string) => void
}

export function MessageRow({ message, isFirst, onQuote, onReact, onSendAgain }: MessageRowProps) {
  const { t } = useTranslation(['inbox', 'messages'])
  const { direction, reactions, status, at } = message
  const mine = reactions.find((reaction) => reaction.direction === 'out')?.emoji
  return (
    <>
      <div
        className={classes.row}
        data-direction={direction}
        data-first={isFirst || undefined}
        data-reacted={reactions.length > 0 || undefined}
        data-message={message.id}
      >
        <div className={classes.bubble} tabIndex={-1}>
          <Bubble
            direction={direction}
            isFirst={isFirst}
            buttons={buttonsOf(message)}
            foot={
              <>
                {message.edited_at && (
                  <span title={exactTime(message.edited_at)}>{t('messages:edited')}</span>
                )}
                <time dateTime={at} title={exactTime(at)}>
                  {clockTime(at)}
                </time>
                {direction === 'out' && <Ticks status={status} />}
              </>
            }
          >
            {direction === 'out' && isFirst && <Sender message={message} />}
            {message.quoted && !isProductCard(message) && <Quote quoted={message.quoted} />}
            {direction === 'in' && isFirst && <GroupMember message={message} />}
            {message.deleted_at ? (
              <em>{t('messages:deleted')}</em>
            ) : (
              <>
                <FoundBy content={message.content} />
                <MessageContent type={message.type} content={message.content} />
              </>
            )}
          </Bubble>
          {reactions.length > 0 && (
            <span className={classes.reactions}>{reactions.map((reaction) => reaction.emoji).join(' ')}</span>
          )}
        </div>
        {message.external_message_id && !message.deleted_at && (
          <MessageActions chosen={mine} onQuote={onQuote} onReact={onReact} />
        )}
      </div>
      {message.error && isOnItsWay(message) && <MessageDelay error={message.error} />}
      {message.error && !isOnItsWay(message) && (
        <MessageFailure message={message} error={message.error} onSendAgain={onSendAgain} />
      )}
    </>
  )
}

/** Who asks about a product quotes its card, which is no message of the thread; the product is named instead. */
function isProductCard({ quoted, content }: Message): boolean {
  return !quoted?.id && textAt(content.referred_product, 'product_retailer_id') !== ''
}

/** WhatsApp has it, and keeps it back for a while. */
function isOnItsWay({ status }: Message): boolean {
  return status === 'accepted' || status === 'sent'
}

/** Who of us wrote it: a colleague by name, a list or a program as such. */
function Sender({ message }: { message: Message }) {
  const { t } = useTranslation('inbox')
  const name = message.sent_by?.name ?? (message.origin === 'agent' ? null : t(`origin.${message.origin}`))
  return name && <div className={classes.sender}>{name}</div>
}

/** Which member of a group wrote it; nothing elsewhere. */
function GroupMember({ message }: { message: Message }) {
  const { sender } = message.content
  const phone = textAt(sender, 'phone')
  const name = textAt(sender, 'name') || (phone && formatPhone(phone)) || textAt(sender, 'user_id')
  return (
    name && (
      <div className={classes.sender} dir="auto">
        {name}
      </div>
    )
  )
}

/** What it answers; a tap leads there. */
function Quote({ quoted }: { quoted: NonNullable<Message['quoted']> }) {
  const { t } = useTranslation('messages')
  const text = (
    <span className={classes.quoteText} dir="auto">
      {quoted.preview || t('quotedGone')}
    </span>
  )
  if (!quoted.id) return <div className={classes.quote}>{text}</div>
  return (
    <UnstyledButton
      className={classes.quote}
      onClick={() => showMessage(quoted.id)}
      aria-label={`${t('quoted')}: ${quoted.preview}`}
    >
      {text}
    </UnstyledButton>
  )
}

function showMessage(id: string | null): void {
  const row = document.querySelector(`[data-message="${id}"]`)
  row?.scrollIntoView({ block: 'center' })
  row?.animate([{ background: 'rgb(23 144 101 / 22%)' }, { background: 'transparent' }], 1400)
}
