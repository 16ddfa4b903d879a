import { useTranslation } from 'react-i18next'
import type { InboundFact } from '../../contract/index.ts'
import { formatPhone } from '../platform/format/phone.ts'
import { plainWord } from '../platform/format/plain-word.ts'
import { factKinds } from './filter.ts'

/** "Message · text · +598 91 000 001": a fact in a few words. */
export function useFactWords(): (fact: InboundFact) => string {
  const { t } = useTranslation('intake')
  return (fact) => {
    const name = factKinds.find((one) => one === fact.kind)
    const phone = fact.phone && formatPhone(fact.phone)
    const detail = fact.detail && detailWords(fact.kind, fact.detail)
    // Who it was stands before who it is now.
    const rest = fact.kind === 'contact_change' && phone ? [phone, detail] : [detail, phone]
    return [name ? t(`kind.${name}`) : fact.kind, ...rest].filter(Boolean).join(' · ')
  }
}

/** Kinds told in the provider's own words: `group_create`, `account_update ACCOUNT_RESTRICTION`. */
const codedKinds = new Set(['account', 'number', 'group', 'call', 'click', 'preference'])

function detailWords(kind: string, detail: string): string {
  if (kind === 'contact_change') return /^\d{7,15}$/.test(detail) ? formatPhone(detail) : detail
  if (!codedKinds.has(kind)) return detail
  const plain = (word: string) => plainWord(word).replaceAll('_', ' ')
  const [field = '', ...change] = detail.split(' ')
  return [plain(field), change.map(plain).join(' ')].filter(Boolean).join(' · ')
}
