import { IconEyeOff, IconMapPin, IconUser } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../contract/index.ts'
import { CallContent } from './call-content.tsx'
import { listAt, measureAt, textAt, valueAt } from './content.ts'
import { InteractiveContent } from './interactive-content.tsx'
import { MediaContent } from './media-content.tsx'
import classes from './message-content.module.css'
import { OrderContent } from './order-content.tsx'
import { TemplateContent } from './template-content.tsx'
import { UnknownContent } from './unknown-content.tsx'
import { WhatsAppText } from './whatsapp-text.tsx'

type ContentProps = Pick<Message, 'type' | 'content'>

/** What a message says, whatever its type; a type we don't know is shown as such, with what came. */
export function MessageContent({ type, content }: ContentProps) {
  const { t } = useTranslation('messages')
  // Of a known type, but not in its form.
  if (content.raw !== undefined && type !== 'unsupported')
    return <UnknownContent type={type} content={content} />
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
      return <OrderContent content={content} />
    case 'call':
      return <CallContent content={content} />
    case 'media_placeholder':
      return <em>{t('filePast')}</em>
    case 'edit':
      return <EditContent content={content} />
    case 'revoke':
      return <em>{t('deleted')}</em>
    case 'unsupported':
      return <NotPassedOn />
    case 'system':
      return <em>{textAt(content.system, 'body') || t('systemChange')}</em>
    default:
      return content.text ? (
        <WhatsAppText text={content.text.body} />
      ) : (
        <UnknownContent type={type} content={content} />
      )
  }
}

/** An edit of a message that isn't here: what it says now is. */
function EditContent({ content }: Pick<Message, 'content'>) {
  const { t } = useTranslation('messages')
  const type = textAt(content.edit, 'message', 'type')
  const part = valueAt(content.edit, 'message', type)
  const text = textAt(part, 'body')
  return (
    <>
      <em>{t('editedUnknown')}</em>
      {type === 'text' && text !== '' && <WhatsAppText text={text} />}
      {type !== '' && type !== 'text' && type !== 'edit' && (
        <MessageContent type={type} content={{ [type]: part }} />
      )}
    </>
  )
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

function LocationContent({ content }: ContentProps) {
  const { t } = useTranslation('messages')
  const latitude = measureAt(content.location, 'latitude')
  const longitude = measureAt(content.location, 'longitude')
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
        <div>{textAt(contact, 'name', 'formatted_name') || cardName(contact) || t('kind.contacts')}</div>
        {listAt(contact, 'phones').map((phone) => (
          <div key={textAt(phone, 'phone')} className={classes.quiet}>
            {textAt(phone, 'phone')}
          </div>
        ))}
      </div>
    </div>
  ))
}

/** Cards that somebody shared of themselves come as a vCard. */
function cardName(contact: unknown): string {
  return /^FN[^:\n]*:(.+)$/m.exec(textAt(contact, 'vcard'))?.[1]?.trim() ?? ''
}
