import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { ConfirmModal } from '../../platform/page/confirm-modal.tsx'
import type { useListAct } from './use-list-act.ts'

interface RetryModalProps {
  list: List
  act: ReturnType<typeof useListAct>
  isOpen: boolean
  onClose: () => void
}

/** Messages cost money: asks before those that failed go out once more. */
export function RetryModal({ list, act, isOpen, onClose }: RetryModalProps) {
  const { t } = useTranslation('hubs')
  const { failed } = list.counts
  return (
    <ConfirmModal
      isOpen={isOpen}
      isHarmless
      title={t('retry.ask', { count: failed, n: formatNumber(failed) })}
      text={t('retry.text')}
      confirm={t('retry.do')}
      isPending={act.isPending}
      error={act.error}
      onConfirm={() => act.mutate('retry-failed', { onSuccess: onClose })}
      onClose={() => {
        act.reset()
        onClose()
      }}
    />
  )
}
