import {
  IconClick,
  IconEyeOff,
  IconForms,
  IconListCheck,
  IconMapPin,
  IconShoppingCart,
  IconUser,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../contract/index.ts'
import { CallContent } from './call-content.tsx'
import { listAt, numberAt, textAt, valueAt } from './content.ts'
import { MediaContent } from './media-content.tsx'
import classes from './message-content.module.css'
import { TemplateContent } from './template-content.tsx'
import { UnknownContent } from './unknown-content.tsx'
import { WhatsAppText } from './whatsapp-text.tsx'

type ContentProps = Pick<Message, 'type' | 'content'>

/** What a message says, whatever its type; a type we don't know is shown as such, with what came. */
export function MessageContent({ type, content }: ContentProps) {
  const { t } = useTranslation('messages')
  switch (type) {
    case 'text':
      return <WhatsAppText text={content.text?.body ?? ''} />
    case 'template':
      return <TemplateContent content={content} />
    case 'image':
    case 'video':
    case 'audio':
    case 'voice':
    case 'sticker':
    case 'document':
      return <MediaContent kind={type} content={content} />
    case 'button':
    case 'interactive':
      return <InteractiveContent type={type} content={content} />
    case 'location':
      return <LocationContent type={type} content={content} />
    case 'contacts':
      return <ContactsContent type={type} content={content} />
    case 'order':
      return <OrderContent type={type} content={content} />
    case 'call':
      return <CallContent content={content} />
    case 'media_placeholder':
      return <em>{t('filePast')}</em>
    case 'edit':
      return <em>{t('editedUnknown')}</em>
    case 'revoke':
      return <em>{t('deleted')}</em>
    case 'unsupported':
      return <NotPassedOn />
    case 'system':
      return <em>{textAt(content.system, 'body')}</em>
    default:
      return content.text ? (
        <WhatsAppText text={content.text.body} />
      ) : (
        <UnknownContent type={type} content={content} />
      )
  }
}

function NotPassedOn() {
  const { t } = useTranslation('messages')
  return (
    <div className={classes.card}>
      <IconEyeOff size={22} aria-hidden />
      <div>
        <div>{t('notPassedOn.title')}</div>
        <div className={classes.quiet}>{t('notPassedOn.text')}</div>
      </div>
    </div>
  )
}

/** What the customer tapped, or what we offered to tap. */
function InteractiveContent({ type, content }: ContentProps) {
  const { t } = useTranslation('messages')
  const { interactive, button } = content
  if (type === 'button')
    return <Answer icon={IconClick} label={t('answeredButton')} title={textAt(button, 'text')} />
  const tapped = valueAt(interactive, 'button_reply')
  if (tapped) return <Answer icon={IconClick} label={t('answeredButton')} title={textAt(tapped, 'title')} />
  const chosen = valueAt(interactive, 'list_reply')
  if (chosen) {
    return (
      <Answer
        icon={IconListCheck}
        label={t('answeredList')}
        title={textAt(chosen, 'title')}
        text={textAt(chosen, 'description')}
      />
    )
  }
  const form = valueAt(interactive, 'nfm_reply')
  if (form)
    return (
      <Answer
        icon={IconForms}
        label={t('answeredForm')}
        title={textAt(form, 'body') || textAt(form, 'name')}
      />
    )
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

function LocationContent({ content }: ContentProps) {
  const { t } = useTranslation('messages')
  const latitude = numberAt(content.location, 'latitude')
  const longitude = numberAt(content.location, 'longitude')
  const name = textAt(content.location, 'name') || t('kind.location')
  return (
    <div className={classes.card}>
      <IconMapPin size={22} aria-hidden />
      <div>
        <div>{name}</div>
        {textAt(content.location, 'address') && (
          <div className={classes.quiet}>{textAt(content.location, 'address')}</div>
        )}
        {latitude !== null && longitude !== null && (
          <a
            href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`}
            target="_blank"
            rel="noreferrer"
          >
            {t('openMap')}
          </a>
        )}
      </div>
    </div>
  )
}

function ContactsContent({ content }: ContentProps) {
  const { t } = useTranslation('messages')
  return listAt(content.contacts).map((contact, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the cards of one message never move
    <div key={index} className={classes.card}>
      <IconUser size={22} aria-hidden />
      <div>
        <div>{textAt(contact, 'name', 'formatted_name') || t('kind.contacts')}</div>
        {listAt(contact, 'phones').map((phone) => (
          <div key={textAt(phone, 'phone')} className={classes.quiet}>
            {textAt(phone, 'phone')}
          </div>
        ))}
      </div>
    </div>
  ))
}

function OrderContent({ content }: ContentProps) {
  const { t } = useTranslation('messages')
  return (
    <div className={classes.card}>
      <IconShoppingCart size={22} aria-hidden />
      <div>
        <div>{t('ordered', { count: listAt(content.order, 'product_items').length })}</div>
        {textAt(content.order, 'text') && <WhatsAppText text={textAt(content.order, 'text')} />}
      </div>
    </div>
  )
}
