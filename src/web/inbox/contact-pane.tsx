import { Divider, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Contact, Conversation } from '../../contract/index.ts'
import { useNumbers } from '../connectors/connectors.ts'
import { ContactFacts } from '../contacts/contact-facts.tsx'
import { contactName } from '../contacts/contact-name.ts'
import { ContactNameField } from '../contacts/contact-name-field.tsx'
import { useApi } from '../platform/api/use-api.ts'
import { formatPhone } from '../platform/format/phone.ts'
import { dateTime } from '../platform/format/time.ts'
import { useNow } from '../platform/format/use-now.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { PersonAvatar } from '../platform/page/person-avatar.tsx'
import { StateBadge } from '../platform/state/state-badge.tsx'
import { AssigneeSelect } from './assignee-select.tsx'
import { replyWindow } from './reply-window.ts'

/** Who this is: name, phone, attributes, consent; and how the conversation stands. */
export function ContactPane({ conversation }: { conversation: Conversation }) {
  const api = useApi()
  const { contact: summary } = conversation
  const contact = useQuery({
    queryKey: api.key('contact', 'one', summary.id),
    queryFn: ({ signal }) => api.get<Contact>(`/contacts/${summary.id}`, {}, signal),
  })
  return (
    <Stack gap="md">
      <Stack align="center" gap={6} mt="xs">
        <PersonAvatar name={summary.name} size={64} />
        <Title order={3} fz={17} ta="center" dir="auto">
          {contactName(summary)}
        </Title>
        <StateBadge state={conversation.state} />
      </Stack>
      <AssigneeSelect conversation={conversation} />
      <ConversationFacts conversation={conversation} />
      <Divider />
      {contact.isPending && <LoadingRows count={3} height={32} />}
      {contact.error && <ErrorNote error={contact.error} />}
      {contact.data && (
        <>
          <ContactNameField key={contact.data.id} contact={contact.data} />
          <ContactFacts contact={contact.data} />
        </>
      )}
    </Stack>
  )
}

function ConversationFacts({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('inbox')
  const now = useNow(30_000)
  const number = useNumbers().get(conversation.number_id)
  const { window_expires_at: expiresAt } = conversation
  const { isOpen } = replyWindow(expiresAt, now)
  return (
    <Stack gap={6}>
      {number && <Fact label={t('contact.number')} value={formatPhone(number.phone)} />}
      <Fact
        label={t('contact.window')}
        value={
          expiresAt && isOpen
            ? t('contact.windowUntil', { time: dateTime(expiresAt) })
            : t('contact.windowClosed')
        }
      />
    </Stack>
  )
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" align="baseline">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="sm" ta="end">
        {value}
      </Text>
    </Group>
  )
}
