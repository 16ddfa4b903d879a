import { IconClick, IconForms, IconListCheck, IconPhone, IconPhoneOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../contract/index.ts'
import { dateTime } from '../platform/format/time.ts'
import { textAt, valueAt } from './content.ts'
import { formAnswers } from './form-answers.ts'
import classes from './message-content.module.css'
import { UnknownContent } from './unknown-content.tsx'
import { WhatsAppText } from './whatsapp-text.tsx'

type ContentProps = Pick<Message, 'type' | 'content'>

/** What the customer tapped, or what we offered to tap. */
export function InteractiveContent({ type, content }: ContentProps) {
  const { t } = useTranslation('messages')
  const { interactive, button } = content
  if (type === 'button')
    return <Answer icon={IconClick} label={t('answeredButton')} title={textAt(button, 'text')} />
  const tapped = valueAt(interactive, 'button_reply')
  if (tapped) return <Answer icon={IconClick} label={t('answeredButton')} title={textAt(tapped, 'title')} />
  const chosen = valueAt(interactive, 'list_reply')
  if (chosen) {
    const [title, text] = [textAt(chosen, 'title'), textAt(chosen, 'description')]
    return <Answer icon={IconListCheck} label={t('answeredList')} title={title} text={text} />
  }
  const form = valueAt(interactive, 'nfm_reply')
  if (form) return <FormContent form={form} />
  const permission = valueAt(interactive, 'call_permission_reply')
  if (permission) return <PermissionContent permission={permission} />
  const body = textAt(interactive, 'body', 'text')
  if (body === '') return <UnknownContent type={type} content={content} />
  return (
    <>
      {textAt(interactive, 'header', 'text') && <strong>{textAt(interactive, 'header', 'text')}</strong>}
      <WhatsAppText text={body} />
      {textAt(interactive, 'footer', 'text') && (
        <div className={classes.quiet}>{textAt(interactive, 'footer', 'text')}</div>
      )}
    </>
  )
}

interface AnswerProps {
  icon: typeof IconClick
  label: string
  title: string
  text?: string
}

function Answer({ icon: Icon, label, title, text }: AnswerProps) {
  return (
    <div className={classes.answer}>
      <span className={classes.quiet}>
        <Icon size={14} aria-hidden /> {label}
      </span>
      <div dir="auto">{title}</div>
      {text && <div className={classes.quiet}>{text}</div>}
    </div>
  )
}

function FormContent({ form }: { form: unknown }) {
  const { t } = useTranslation('messages')
  const answers = formAnswers(textAt(form, 'response_json'))
  const title = textAt(form, 'body') || textAt(form, 'name')
  if (answers.length === 0) return <Answer icon={IconForms} label={t('answeredForm')} title={title} />
  return (
    <div className={classes.answer}>
      <span className={classes.quiet}>
        <IconForms size={14} aria-hidden /> {t('answeredForm')}
      </span>
      <dl className={classes.answers}>
        {answers.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** Whether we may call, and until when. */
function PermissionContent({ permission }: { permission: unknown }) {
  const { t } = useTranslation('messages')
  const isAccepted = textAt(permission, 'response') === 'accept'
  const seconds = Number(textAt(permission, 'expiration_timestamp'))
  const hasEnd = isAccepted && seconds > 0 && seconds < 4_102_444_800
  return (
    <Answer
      icon={isAccepted ? IconPhone : IconPhoneOff}
      label={t('callPermission.asked')}
      title={isAccepted ? t('callPermission.given') : t('callPermission.refused')}
      {...(hasEnd
        ? { text: t('callPermission.until', { time: dateTime(new Date(seconds * 1_000).toISOString()) }) }
        : {})}
    />
  )
}
