import { ActionIcon, Textarea, Tooltip } from '@mantine/core'
import { useSessionStorage } from '@mantine/hooks'
import { IconSend, IconTemplate, IconX } from '@tabler/icons-react'
import type { ClipboardEvent, KeyboardEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation, Message } from '../../contract/index.ts'
import { AttachButton } from './attach-button.tsx'
import { AttachmentTray } from './attachment-tray.tsx'
import type { Attachments } from './attachments.ts'
import classes from './composer.module.css'
import { Countdown } from './countdown.tsx'
import { type ReplyShown, repliesOf } from './replies-of.ts'

const lengthMax = 4096

interface OpenComposerProps {
  conversation: Conversation
  textarea: RefObject<HTMLTextAreaElement | null>
  attachments: Attachments
  quoted: Message | null
  leftMs: number
  onUnquote: () => void
  onSend: (replies: ReplyShown[]) => void
  onTemplate: () => void
}

/** Free text and files, while the window is open. */
export function OpenComposer(props: OpenComposerProps) {
  const { conversation, textarea, attachments, quoted, leftMs, onUnquote, onSend, onTemplate } = props
  const { t } = useTranslation('inbox')
  const [draft, setDraft] = useSessionStorage({ key: `parley-draft-${conversation.id}`, defaultValue: '' })
  const obstacle = useObstacle(attachments)
  const hasFiles = attachments.attachments.length > 0
  const body = draft.trim()
  const isReady = obstacle === null && (body !== '' || hasFiles)
  const send = () => {
    if (!isReady) return
    const files = attachments.attachments.flatMap(({ uploaded }) => uploaded ?? [])
    onSend(repliesOf(body, files, quoted?.external_message_id ?? null))
    setDraft('')
    attachments.clear()
    textarea.current?.focus()
  }
  const attach = (files: File[]) => {
    attachments.add(files)
    textarea.current?.focus()
  }
  return (
    <>
      {quoted && <QuotedBar quoted={quoted} onUnquote={onUnquote} />}
      <AttachmentTray {...attachments} />
      <div className={classes.line}>
        <AttachButton onFiles={attach} />
        <Tooltip label={t('template')}>
          <ActionIcon size={38} onClick={onTemplate} aria-label={t('template')}>
            <IconTemplate size={20} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <Textarea
          ref={textarea}
          className={classes.input}
          aria-label={t('message')}
          placeholder={hasFiles ? t('attach.caption') : t('placeholder')}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={(event) => answerKey(event, send)}
          onPaste={(event) => takeFiles(event, attach)}
          maxLength={lengthMax}
          autosize
          minRows={1}
          maxRows={8}
          radius="lg"
          dir="auto"
        />
        <Tooltip label={obstacle ?? t('send')}>
          <ActionIcon
            size={38}
            radius="xl"
            variant="filled"
            color="leaf"
            onClick={send}
            disabled={!isReady}
            aria-label={t('send')}
          >
            <IconSend size={19} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.below}>
        <Countdown leftMs={leftMs} />
        <span className={classes.hint}>{obstacle ?? t('hint')}</span>
      </div>
    </>
  )
}

function answerKey(event: KeyboardEvent<HTMLElement>, send: () => void): void {
  if (event.key === 'Escape') event.currentTarget.blur()
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
  event.preventDefault()
  send()
}

function takeFiles(event: ClipboardEvent, attach: (files: File[]) => void): void {
  const files = [...event.clipboardData.files]
  // A copied table comes as text and as a picture of it: the text is meant.
  if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return
  event.preventDefault()
  attach(files)
}

/** Why the files can't go yet, in words. */
function useObstacle({ attachments }: Attachments): string | null {
  const { t } = useTranslation('inbox')
  if (attachments.some(({ fault, error }) => fault !== null || error !== null)) return t('attach.mend')
  return attachments.some(({ uploaded }) => uploaded === null) ? t('attach.wait') : null
}

function QuotedBar({ quoted, onUnquote }: { quoted: Message; onUnquote: () => void }) {
  const { t } = useTranslation('inbox')
  return (
    <div className={classes.quoted}>
      <span dir="auto">{quoted.preview}</span>
      <ActionIcon size="sm" onClick={onUnquote} aria-label={t('unquote')}>
        <IconX size={15} />
      </ActionIcon>
    </div>
  )
}
