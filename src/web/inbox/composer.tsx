import { ActionIcon, Textarea, Tooltip } from '@mantine/core'
import { useDisclosure, useSessionStorage } from '@mantine/hooks'
import { IconSend, IconTemplate, IconX } from '@tabler/icons-react'
import type { KeyboardEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation, Message, Reply } from '../../contract/index.ts'
import { useNumbers } from '../connectors/connectors.ts'
import { useNow } from '../platform/format/use-now.ts'
import { TemplatePicker } from '../templates/template-picker.tsx'
import { filledBody } from '../templates/templates.ts'
import { ClosedWindow } from './closed-window.tsx'
import classes from './composer.module.css'
import { Countdown } from './countdown.tsx'
import { replyWindow } from './reply-window.ts'

const lengthMax = 4096

interface ComposerProps {
  conversation: Conversation
  textarea: RefObject<HTMLTextAreaElement | null>
  quoted: Message | null
  onUnquote: () => void
  /** `text` is what the bubble shows until the hub has answered. */
  onSend: (reply: Reply, text: string) => void
}

/** The answer: free text while the window is open, a template after it. Locks at the second. */
export function Composer({ conversation, textarea, quoted, onUnquote, onSend }: ComposerProps) {
  const now = useNow(1000)
  const { isOpen, leftMs } = replyWindow(conversation.window_expires_at, now)
  const [isPicking, picker] = useDisclosure()
  const connectorId = useNumbers().get(conversation.number_id)?.connector_id
  return (
    <div className={classes.composer}>
      {isOpen ? (
        <OpenComposer
          conversation={conversation}
          textarea={textarea}
          quoted={quoted}
          leftMs={leftMs}
          onUnquote={onUnquote}
          onSend={onSend}
          onTemplate={picker.open}
        />
      ) : (
        <ClosedWindow hasWritten={conversation.window_expires_at !== null} onTemplate={picker.open} />
      )}
      <TemplatePicker
        isOpen={isPicking}
        connectorId={connectorId}
        onClose={picker.close}
        onSend={(template, chosen, values) => {
          onSend({ type: 'template', template }, filledBody(chosen, values))
          picker.close()
        }}
      />
    </div>
  )
}

interface OpenComposerProps extends ComposerProps {
  leftMs: number
  onTemplate: () => void
}

function OpenComposer({
  conversation,
  textarea,
  quoted,
  leftMs,
  onUnquote,
  onSend,
  onTemplate,
}: OpenComposerProps) {
  const { t } = useTranslation('inbox')
  const [draft, setDraft] = useSessionStorage({ key: `parley-draft-${conversation.id}`, defaultValue: '' })
  const body = draft.trim()
  const send = () => {
    if (body === '') return
    const context = quoted?.external_message_id ? { context: { message_id: quoted.external_message_id } } : {}
    onSend({ type: 'text', text: { body }, ...context }, body)
    setDraft('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') event.currentTarget instanceof HTMLElement && event.currentTarget.blur()
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <>
      {quoted && <QuotedBar quoted={quoted} onUnquote={onUnquote} />}
      <div className={classes.line}>
        <Tooltip label={t('template')}>
          <ActionIcon size={38} onClick={onTemplate} aria-label={t('template')}>
            <IconTemplate size={20} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <Textarea
          ref={textarea}
          className={classes.input}
          aria-label={t('message')}
          placeholder={t('placeholder')}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          maxLength={lengthMax}
          autosize
          minRows={1}
          maxRows={8}
          radius="lg"
          dir="auto"
        />
        <Tooltip label={t('send')}>
          <ActionIcon
            size={38}
            radius="xl"
            variant="filled"
            color="leaf"
            onClick={send}
            disabled={body === ''}
            aria-label={t('send')}
          >
            <IconSend size={19} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.below}>
        <Countdown leftMs={leftMs} />
        <span className={classes.hint}>{t('hint')}</span>
      </div>
    </>
  )
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
