import { Button, Checkbox, UnstyledButton } from '@mantine/core'
import { IconCircleX, IconSend } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../platform/format/number.ts'
import classes from './unsettled.module.css'
import type { Decision } from './unsettled.ts'

interface SelectionBarProps {
  shown: number
  chosen: number
  total: number
  /** All that the filter finds are chosen, those not shown as well. */
  isAll: boolean
  onShown: (isOn: boolean) => void
  onAll: () => void
  onClear: () => void
  onDecide: (decision: Decision['decision']) => void
}

/** Chooses many, and decides on those chosen. */
export function SelectionBar(props: SelectionBarProps) {
  const { shown, chosen, total, isAll, onShown, onAll, onClear, onDecide } = props
  const { t } = useTranslation('sending')
  const isEveryShown = isAll || chosen === shown
  const words = t(isAll ? 'select.allChosen' : 'select.chosen', { count: chosen, n: formatNumber(chosen) })
  return (
    <div className={classes.bar}>
      <Checkbox
        label={chosen === 0 ? t('select.shown') : words}
        checked={isEveryShown}
        indeterminate={chosen > 0 && !isEveryShown}
        onChange={() => (isEveryShown ? onClear() : onShown(true))}
      />
      {isEveryShown && !isAll && total > shown && (
        <UnstyledButton className={classes.link} onClick={onAll}>
          {t('select.all', { count: total, n: formatNumber(total) })}
        </UnstyledButton>
      )}
      {chosen > 0 && (
        <span className={classes.acts}>
          <UnstyledButton className={classes.link} onClick={onClear}>
            {t('select.none')}
          </UnstyledButton>
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconCircleX size={15} />}
            onClick={() => onDecide('not_sent')}
          >
            {t('act.notSent')}
          </Button>
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconSend size={15} />}
            onClick={() => onDecide('resend')}
          >
            {t('act.resend')}
          </Button>
        </span>
      )}
    </div>
  )
}
