import type { MessageContent } from '../../contract/index.ts'
import { sentTemplateOf } from './content.ts'
import classes from './message-content.module.css'
import { WhatsAppText } from './whatsapp-text.tsx'

/** A template that went out, with its variables filled. Its buttons are drawn by the bubble. */
export function TemplateContent({ content }: { content: MessageContent }) {
  const { header, body, footer } = sentTemplateOf(content)
  return (
    <>
      {header && (
        <div className={classes.header} dir="auto">
          {header}
        </div>
      )}
      <WhatsAppText text={body} />
      {footer && (
        <div className={classes.footer} dir="auto">
          {footer}
        </div>
      )}
    </>
  )
}
