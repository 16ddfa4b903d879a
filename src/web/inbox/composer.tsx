import { useDisclosure } from '@mantine/hooks'
import type { RefObject } from 'react'
import type { Conversation, Message } from '../../contract/index.ts'
import { useNumbers } from '../connectors/connectors.ts'
import { useNow } from '../platform/format/use-now.ts'
import { TemplatePicker } from '../templates/template-picker.tsx'
import { filledBody } from '../templates/templates.ts'
import type { Attachments } from './attachments.ts'
import { ClosedWindow } from './closed-window.tsx'
import classes from './composer.module.css'
import { OpenComposer } from './open-composer.tsx'
import type { ReplyShown } from './replies-of.ts'
import { replyWindow } from './reply-window.ts'

interface ComposerProps {
  conversation: Conversation
  textarea: RefObject<HTMLTextAreaElement | null>
  attachments: Attachments
  quoted: Message | null
  onUnquote: () => void
  /** In their order. */
  onSend: (replies: ReplyShown[]) => void
}

/** The answer: free text and files while the window is open, a template after it. Locks at the second. */
export function Composer(props: ComposerProps) {
  const { conversation, onSend } = props
  const now = useNow(1000)
  const { isOpen, leftMs } = replyWindow(conversation.window_expires_at, now)
  const [isPicking, picker] = useDisclosure()
  const connectorId = useNumbers().get(conversation.number_id)?.connector_id
  return (
    <div className={classes.composer}>
      {isOpen ? (
        <OpenComposer {...props} leftMs={leftMs} onTemplate={picker.open} />
      ) : (
        <ClosedWindow hasWritten={conversation.window_expires_at !== null} onTemplate={picker.open} />
      )}
      <TemplatePicker
        isOpen={isPicking}
        connectorId={connectorId}
        onClose={picker.close}
        onSend={(template, chosen, values) => {
          onSend([{ reply: { type: 'template', template }, text: filledBody(chosen, values) }])
          picker.close()
        }}
      />
    </div>
  )
}
