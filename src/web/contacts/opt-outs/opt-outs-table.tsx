import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OptOut } from '../../../contract/index.ts'
import { useNumbers } from '../../connectors/connectors.ts'
import { formatPhone } from '../../platform/format/phone.ts'
import { TimeText } from '../../platform/format/time-text.tsx'
import { DataTable } from '../../platform/page/data-table.tsx'
import { PersonAvatar } from '../../platform/page/person-avatar.tsx'
import { contactName } from '../contact-name.ts'
import classes from '../people-table.module.css'
import { useConsentSource } from '../use-consent-source.ts'

/** One row per person, with how it became known; a row opens the contact. */
export function OptOutsTable({ optOuts, onOpen }: { optOuts: OptOut[]; onOpen: (optOut: OptOut) => void }) {
  const { t } = useTranslation('contacts')
  const wordsOf = useConsentSource()
  const numbers = useNumbers()
  return (
    <DataTable
      label={t('optOuts.title')}
      columns={[
        t('column.name'),
        t('column.phone'),
        t('column.consent'),
        t('optOuts.how'),
        t('optOuts.since'),
      ]}
    >
      {optOuts.map((optOut) => {
        const { contact_id, phone, scope, reason, at } = optOut
        const name = contactName(optOut)
        return (
          <tr key={contact_id} className={classes.row}>
            <td>
              <UnstyledButton className={classes.name} onClick={() => onOpen(optOut)}>
                <PersonAvatar name={name} size={32} />
                <span dir="auto">{name}</span>
              </UnstyledButton>
            </td>
            <td data-label={t('column.phone')} className="numeric">
              {phone && formatPhone(phone)}
            </td>
            <td data-label={t('column.consent')}>
              <span className={classes.consent} data-tone="amber" data-state={scope}>
                {t(`consent.${scope}`)}
              </span>
            </td>
            <td data-label={t('optOuts.how')}>
              <div className={classes.how}>
                {wordsOf(optOut, numbers.get(optOut.number_id ?? ''))}
                {reason && (
                  <div className={classes.reason} dir="auto">
                    {reason}
                  </div>
                )}
              </div>
            </td>
            <td data-label={t('optOuts.since')}>
              <TimeText at={at} look="relative" />
            </td>
          </tr>
        )
      })}
    </DataTable>
  )
}
