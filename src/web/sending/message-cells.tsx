import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ContactSummary, UnsettledMessage } from '../../contract/index.ts'
import { contactName } from '../contacts/contact-name.ts'
import { formatPhone } from '../platform/format/phone.ts'
import classes from './unsettled.module.css'

/** Whom a message goes to: the name, and the phone where it is another. */
export function ContactCell({ contact }: { contact: ContactSummary }) {
  const name = contactName(contact)
  const phone = contact.phone ? formatPhone(contact.phone) : (contact.username ?? '')
  return (
    <>
      <Link
        from="/w/$workspace"
        to="/w/$workspace/contacts"
        search={{ contact: contact.id }}
        className={classes.name}
        dir="auto"
      >
        {name}
      </Link>
      {phone !== name && <span className={`numeric ${classes.quiet}`}>{phone}</span>}
    </>
  )
}

export function ListCell({ list }: { list: UnsettledMessage['list'] }) {
  const { t } = useTranslation('sending')
  if (list === null) return <span className={classes.quiet}>{t('single')}</span>
  return (
    <Link
      from="/w/$workspace"
      to="/w/$workspace/hubs/$hubId/lists/$listId"
      params={{ hubId: list.hub_id, listId: list.id }}
      className={classes.link}
    >
      {list.name}
    </Link>
  )
}
