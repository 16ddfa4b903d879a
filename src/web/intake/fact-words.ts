import { useTranslation } from 'react-i18next'
import type { InboundFact } from '../../contract/index.ts'
import { formatPhone } from '../platform/format/phone.ts'
import { factKinds } from './filter.ts'

/** "Message · text · +598 91 000 001": a fact in a few words. */
export function useFactWords(): (fact: InboundFact) => string {
  const { t } = useTranslation('intake')
  return ({ kind, detail, phone }) => {
    const name = factKinds.find((one) => one === kind)
    return [name ? t(`kind.${name}`) : kind, detail, phone && formatPhone(phone)].filter(Boolean).join(' · ')
  }
}
