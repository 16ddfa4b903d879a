import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { ConfirmModal } from '../../platform/page/confirm-modal.tsx'
import type { useListAct } from './use-list-act.ts'

interface CancelModalProps {
  list: List
  act: ReturnType<typeof useListAct>
  isOpen: boolean
  onClose: () => void
}

/** Says how many never get their message before a list is cancelled for good. */
export function CancelModal({ list, act, isOpen, onClose }: CancelModalProps) {
  const { t } = useTranslation('hubs')
  return (
    <ConfirmModal
      isOpen={isOpen}
      title={t('cancel.ask', { name: list.name })}
      text={t('cancel.text', { count: list.counts.waiting, n: formatNumber(list.counts.waiting) })}
      confirm={t('cancel.do')}
      keep={t('cancel.keep')}
      isPending={act.isPending}
      error={act.error}
      onConfirm={() => act.mutate('cancel', { onSuccess: onClose })}
      onClose={() => {
        act.reset()
        onClose()
      }}
    />
  )
}
