import { useTranslation } from 'react-i18next'
import type { WhatsAppNumber } from '../../contract/index.ts'
import { formatPhone } from '../platform/format/phone.ts'

const sources = ['whatsapp', 'gupshup', 'keyword', 'person', 'api', 'import', 'kept'] as const

/** How we know what somebody wants, in words: "Wrote it in a message, +598 2900 1234". */
export function useConsentSource() {
  const { t } = useTranslation('shell')
  return (
    { source, by }: { source: string; by: string | null },
    number: Pick<WhatsAppNumber, 'phone'> | undefined,
  ): string => {
    const known = sources.find((one) => one === source)
    const words = known ? t(`contact.source.${known}`, { by: by ?? t('contact.somebody') }) : source
    return [words, number && formatPhone(number.phone)].filter(Boolean).join(', ')
  }
}
