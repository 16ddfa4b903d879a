import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../platform/format/number.ts'
import { ConfirmModal } from '../platform/page/confirm-modal.tsx'
import { MoreButton } from '../platform/page/more-button.tsx'
import type { UnsettledFilter } from './filter.ts'
import { SelectionBar } from './selection-bar.tsx'
import { type Decision, isIds, useSettle, type useUnsettled } from './unsettled.ts'
import { UnsettledTable } from './unsettled-table.tsx'

interface UnsettledSectionProps {
  filter: UnsettledFilter
  unsettled: ReturnType<typeof useUnsettled>
}

/** The messages, those of them that are chosen, and the question before anything is done with these. */
export function UnsettledSection({ filter, unsettled }: UnsettledSectionProps) {
  const { items, total, asOf } = unsettled
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const [isAll, setAll] = useState(false)
  const [asked, setAsked] = useState<Decision | null>(null)
  // What was settled meanwhile is chosen no more.
  const chosen = items.flatMap(({ id }) => (marked.has(id) ? [id] : []))
  const clear = () => {
    setMarked(new Set())
    setAll(false)
  }
  return (
    <>
      <SelectionBar
        shown={items.length}
        chosen={isAll ? total : chosen.length}
        total={total}
        isAll={isAll}
        onShown={(isOn) => setMarked(new Set(isOn ? items.map(({ id }) => id) : []))}
        onAll={() => setAll(true)}
        onClear={clear}
        onDecide={(decision) => setAsked({ decision, chosen: isAll ? { filter, until: asOf } : chosen })}
      />
      <UnsettledTable
        messages={items}
        isMarked={(id) => isAll || marked.has(id)}
        onMark={(id, isOn) => {
          setAll(false)
          setMarked(isOn ? new Set([...chosen, id]) : new Set(chosen.filter((one) => one !== id)))
        }}
        onDecide={(decision, id) => setAsked({ decision, chosen: [id] })}
      />
      <MoreButton pages={unsettled} />
      <SettleModal asked={asked} total={total} onClose={() => setAsked(null)} onDone={clear} />
    </>
  )
}

/** More than one request settles takes long enough to be watched. */
const batchSize = 200

interface SettleModalProps {
  asked: Decision | null
  total: number
  onClose: () => void
  onDone: () => void
}

/** Says what may happen to the people behind the messages, in plain words. */
function SettleModal({ asked, total, onClose, onDone }: SettleModalProps) {
  const { t } = useTranslation('sending')
  const settle = useSettle((settled, { decision }) => {
    const left = count - settled
    const done = t(`done.${decision}`, { count: settled, n: formatNumber(settled) })
    const rest =
      left > 0 && !settle.wasStopped() ? ` ${t('done.left', { count: left, n: formatNumber(left) })}` : ''
    notifications.show({ message: done + rest })
    onDone()
    onClose()
  })
  const count = asked === null ? 0 : isIds(asked.chosen) ? asked.chosen.length : total
  const key = asked?.decision === 'resend' ? 'resend' : 'notSent'
  const words = { count, n: formatNumber(count) }
  const close = () => {
    // What is decided stays so; the batch under way is the last.
    if (settle.isPending) return settle.stop()
    settle.reset()
    onClose()
  }
  return (
    <ConfirmModal
      isOpen={asked !== null}
      title={t(`${key}.ask`, words)}
      text={t(`${key}.text`, words)}
      confirm={t(`${key}.do`, words)}
      isPending={settle.isPending}
      {...(settle.isPending && count > batchSize
        ? {
            progress: {
              done: settle.settled,
              of: count,
              words: t('progress', { ...words, done: formatNumber(settle.settled) }),
            },
          }
        : {})}
      error={settle.error}
      onConfirm={() => asked && settle.mutate(asked)}
      onClose={close}
    />
  )
}
