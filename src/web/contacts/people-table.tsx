import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Contact } from '../../contract/index.ts'
import { formatPhone } from '../platform/format/phone.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { DataTable } from '../platform/page/data-table.tsx'
import { PersonAvatar } from '../platform/page/person-avatar.tsx'
import classes from './people-table.module.css'

/** One row per person; a row opens the contact. */
export function PeopleTable({ people, onOpen }: { people: Contact[]; onOpen: (contact: Contact) => void }) {
  const { t } = useTranslation('contacts')
  return (
    <DataTable
      label={t('title')}
      columns={[t('column.name'), t('column.phone'), t('column.consent'), t('column.since')]}
    >
      {people.map((contact) => {
        const phone = contact.phone ? formatPhone(contact.phone) : ''
        const name =
          nameOf(contact) ?? (contact.is_group ? t('group') : phone || contact.user_id || contact.id)
        return (
          <tr key={contact.id} className={classes.row}>
            <td>
              <UnstyledButton className={classes.name} onClick={() => onOpen(contact)}>
                <PersonAvatar name={name} size={32} />
                <span dir="auto">{name}</span>
              </UnstyledButton>
            </td>
            <td data-label={t('column.phone')} className="numeric">
              {phone}
            </td>
            <td data-label={t('column.consent')}>
              <Consent contact={contact} />
            </td>
            <td data-label={t('column.since')}>
              <TimeText at={contact.created_at} look="relative" />
            </td>
          </tr>
        )
      })}
    </DataTable>
  )
}

function nameOf({ name, profile_name, username }: Contact): string | null {
  return name ?? profile_name ?? username
}

function Consent({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const state = contact.opted_out_all_at ? 'all' : contact.opted_out_marketing_at ? 'marketing' : 'in'
  return (
    <span className={classes.consent} data-tone={state === 'in' ? 'grey' : 'amber'} data-state={state}>
      {t(`consent.${state}`)}
    </span>
  )
}
