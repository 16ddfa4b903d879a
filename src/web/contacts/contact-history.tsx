import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ContactHistory as History } from '../../contract/index.ts'
import { useNumbers } from '../connectors/connectors.ts'
import { useApi } from '../platform/api/use-api.ts'
import { formatPhone } from '../platform/format/phone.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import classes from './contact-history.module.css'
import { useConsentSource } from './use-consent-source.ts'

/** Changes of consent with their source, and new phones and user ids; nothing where there were none. */
export function ContactHistory({ contactId }: { contactId: string }) {
  const { t } = useTranslation('shell')
  const api = useApi()
  const { data } = useQuery({
    queryKey: api.key('contact', 'history', contactId),
    queryFn: ({ signal }) => api.get<History>(`/contacts/${contactId}/history`, {}, signal),
  })
  const entries = useEntries(data)
  if (entries.length === 0) return null
  return (
    <div>
      <Text fw={600} size="sm" mb={2}>
        {t('contact.history')}
      </Text>
      <ol className={classes.list}>
        {entries.map(({ id, text, source, reason, at }) => (
          <li key={id} className={classes.entry}>
            <Text size="sm">{text}</Text>
            {reason && (
              <Text size="sm" c="dimmed" dir="auto">
                {reason}
              </Text>
            )}
            <Text size="xs" c="dimmed">
              {source && `${source} · `}
              <TimeText at={at} look="full" />
            </Text>
          </li>
        ))}
      </ol>
    </div>
  )
}

interface Entry {
  id: string
  text: string
  source: string
  reason: string | null
  at: string
}

function useEntries(history: History | undefined): Entry[] {
  const { t } = useTranslation('shell')
  const numbers = useNumbers()
  const sourceOf = useConsentSource()
  const consent = (history?.consent ?? []).map(
    ({ id, scope, opted_out: isOut, source, reason, by, number_id, at }): Entry => {
      const words = sourceOf({ source, by }, numbers.get(number_id ?? ''))
      const ofMarketing = isOut ? t('contact.stoppedMarketing') : t('contact.resumedMarketing')
      const ofAll = isOut ? t('contact.stoppedAll') : t('contact.resumedAll')
      return { id, text: scope === 'all' ? ofAll : ofMarketing, source: words, reason, at }
    },
  )
  const identity = (history?.identity ?? []).map(({ id, kind, previous, value, at }): Entry => {
    const word = (one: string) => (kind === 'phone' ? formatPhone(one) : one)
    const text = previous
      ? t(`contact.changed.${kind}`, { before: word(previous), after: word(value) })
      : t(`contact.added.${kind}`, { after: word(value) })
    return { id, text, source: '', reason: null, at }
  })
  return [...consent, ...identity].toSorted((a, b) => b.at.localeCompare(a.at))
}
