import { useTranslation } from 'react-i18next'
import type { ContactImportState } from '../../../contract/index.ts'
import { StateBadge } from '../../platform/state/state-badge.tsx'

/** A list that runs is being sent; an import is not. */
export function ImportBadge({ state }: { state: ContactImportState }) {
  const { t } = useTranslation('contacts')
  return <StateBadge state={state} {...(state === 'running' ? { label: t('import.running') } : {})} />
}
