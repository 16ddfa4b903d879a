import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconCheck, IconInbox, IconLayoutSidebarRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../contract/index.ts'
import { useNumbers } from '../connectors/connectors.ts'
import { contactName } from '../contacts/contact-name.ts'
import { formatPhone } from '../platform/format/phone.ts'
import { PersonAvatar } from '../platform/page/person-avatar.tsx'
import classes from './conversation-pane.module.css'

interface ConversationHeaderProps {
  conversation: Conversation
  onClose: () => void
  onContact: () => void
}

/** Who this is, to which of our numbers they wrote, and what can be done with the conversation. */
export function ConversationHeader({ conversation, onClose, onContact }: ConversationHeaderProps) {
  const { t } = useTranslation('inbox')
  const { contact, state, number_id } = conversation
  const number = useNumbers().get(number_id)
  const isClosed = state === 'closed'
  const name = contactName(contact)
  const phone = contact.phone ? formatPhone(contact.phone) : contact.username
  return (
    <header className={classes.header}>
      <ActionIcon
        size="lg"
        className={classes.back}
        aria-label={t('back')}
        renderRoot={(props) => <Link from="/w/$workspace" to="/w/$workspace/inbox" {...props} />}
      >
        <IconArrowLeft size={20} />
      </ActionIcon>
      <PersonAvatar name={contact.name} size={36} />
      <div className={classes.who}>
        <h2 className={classes.name}>
          <bdi>{name}</bdi>
        </h2>
        <div className={classes.via}>
          {phone && phone !== name && <span>{phone}</span>}
          {number && <span>{t('via', { name: number.verified_name })}</span>}
        </div>
      </div>
      <Tooltip label={isClosed ? t('reopenKey') : t('closeKey')}>
        <Button
          variant="default"
          size="xs"
          fz="sm"
          className={classes.close}
          onClick={onClose}
          leftSection={isClosed ? <IconInbox size={16} /> : <IconCheck size={16} />}
        >
          {isClosed ? t('reopen') : t('close')}
        </Button>
      </Tooltip>
      <Tooltip label={t('contact.toggle')}>
        <ActionIcon size="lg" onClick={onContact} aria-label={t('contact.toggle')} className={classes.flip}>
          <IconLayoutSidebarRight size={19} />
        </ActionIcon>
      </Tooltip>
    </header>
  )
}
