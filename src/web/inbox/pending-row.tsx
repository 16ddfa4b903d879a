import { Anchor } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Bubble } from '../messages/bubble.tsx'
import { MediaContent } from '../messages/media-content.tsx'
import { Ticks } from '../messages/ticks.tsx'
import { WhatsAppText } from '../messages/whatsapp-text.tsx'
import { clockTime } from '../platform/format/time.ts'
import { useErrorWords } from '../platform/page/error-state.tsx'
import type { PendingReply } from './pending-replies.ts'
import { mediaIdOf } from './replies-of.ts'
import classes from './thread-view.module.css'

interface PendingRowProps {
  pending: PendingReply
  onSendAgain: () => void
  onDrop: () => void
}

/** A reply that the hub doesn't have yet; when it was refused, why, and what to do. */
export function PendingRow({ pending, onSendAgain, onDrop }: PendingRowProps) {
  const { t } = useTranslation(['inbox', 'messages'])
  const words = useErrorWords(pending.error)
  return (
    <>
      <div className={classes.row} data-direction="out" data-first>
        <div className={classes.bubble}>
          <Bubble
            direction="out"
            foot={
              <>
                {clockTime(pending.at)} <Ticks status={pending.error ? 'failed' : 'queued'} />
              </>
            }
          >
            <PendingContent pending={pending} />
          </Bubble>
        </div>
      </div>
      {pending.error && (
        <div className={classes.failure} role="alert">
          <div className={classes.failureText}>
            <IconAlertCircle size={16} aria-hidden />
            <span>{words.text}</span>
          </div>
          <div className={classes.failureActions}>
            <Anchor component="button" size="sm" onClick={onSendAgain}>
              {t('messages:failed.again')}
            </Anchor>
            <Anchor component="button" size="sm" onClick={onDrop}>
              {t('discard')}
            </Anchor>
          </div>
        </div>
      )}
    </>
  )
}

/** Files are at the hub already, which shows them. */
function PendingContent({ pending: { reply, text } }: { pending: PendingReply }) {
  switch (reply.type) {
    case 'image':
    case 'video':
    case 'audio':
    case 'document': {
      const content = { [reply.type]: { caption: text }, media_id: mediaIdOf(reply) }
      return <MediaContent kind={reply.type} content={content} />
    }
    default:
      return <WhatsAppText text={text} />
  }
}
