import { ActionIcon, Group, Stack, Text, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Contact } from '../../contract/index.ts'
import { formatPhone } from '../platform/format/phone.ts'
import { dateTime } from '../platform/format/time.ts'
import { CopyButton } from '../platform/page/copy-button.tsx'
import { ConsentActions } from './consent-actions.tsx'
import classes from './contact-facts.module.css'
import { ContactHistory } from './contact-history.tsx'

/** What is known of a person: phone, user name, consent, attributes, since when. */
export function ContactFacts({ contact }: { contact: Contact }) {
  const { t } = useTranslation('shell')
  return (
    <Stack gap={8}>
      {contact.phone && (
        <Fact label={t('contact.phone')}>
          <Group gap={2} wrap="nowrap">
            {formatPhone(contact.phone)}
            <CopyPhone phone={contact.phone} />
          </Group>
        </Fact>
      )}
      {!contact.phone && contact.user_id && (
        <Fact label={contact.is_group ? t('contact.groupId') : t('contact.userId')}>{contact.user_id}</Fact>
      )}
      {contact.username && <Fact label={t('contact.username')}>{contact.username}</Fact>}
      {Object.entries(contact.attributes).map(([name, value]) => (
        <Fact key={name} label={name}>
          {value}
        </Fact>
      ))}
      <Fact label={t('contact.since')}>{dateTime(contact.created_at)}</Fact>
      {!contact.is_group && <ConsentActions contact={contact} />}
      <ContactHistory contactId={contact.id} />
    </Stack>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="sm" component="div" ta="end" dir="auto">
        {children}
      </Text>
    </div>
  )
}

function CopyPhone({ phone }: { phone: string }) {
  const { t } = useTranslation('shell')
  return (
    <CopyButton value={`+${phone}`}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('copy.done') : t('copy.do')}>
          <ActionIcon size="sm" onClick={copy} aria-label={t('copy.named', { label: t('contact.phone') })}>
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  )
}
