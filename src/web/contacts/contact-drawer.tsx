import { Drawer, Stack } from '@mantine/core'
import { IconMessage2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Contact } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LinkButton } from '../platform/page/link-button.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { useCan } from '../workspaces/me.ts'
import { ContactFacts } from './contact-facts.tsx'
import { ContactNameField } from './contact-name-field.tsx'
import { EraseButton } from './erase-button.tsx'

/** One contact beside the list, open while there is an id. */
export function ContactDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('contacts')
  const api = useApi()
  const mayErase = useCan('admin')
  const {
    data: contact,
    error,
    refetch,
  } = useQuery({
    queryKey: api.key('contact', 'one', id),
    queryFn: ({ signal }) => api.get<Contact>(`/contacts/${id}`, {}, signal),
    enabled: id !== undefined,
  })
  return (
    <Drawer opened={id !== undefined} onClose={onClose} title={t('details')} size={400}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!contact && !error && <LoadingRows count={4} />}
      {contact && (
        <Stack>
          <ContactNameField key={contact.id} contact={contact} />
          <ContactFacts contact={contact} />
          {(contact.phone ?? contact.user_id) && (
            <LinkButton
              variant="default"
              from="/w/$workspace"
              to="/w/$workspace/inbox"
              search={{ search: contact.phone ?? contact.user_id ?? '' }}
              leftSection={<IconMessage2 size={16} />}
            >
              {t('conversation')}
            </LinkButton>
          )}
          {mayErase && <EraseButton contact={contact} onErased={onClose} />}
        </Stack>
      )}
    </Drawer>
  )
}
