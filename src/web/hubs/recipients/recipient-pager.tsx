import { ActionIcon, NumberInput, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { List, Recipient } from '../../../contract/index.ts'
import { formatNumber } from '../../platform/format/number.ts'
import classes from './recipient-pager.module.css'
import type { PageTurner } from './recipients.ts'

interface RecipientPagerProps {
  list: List
  rows: readonly Recipient[]
  turner: PageTurner
}

/** Which rows these are, and the ways to others. Nothing where all rows are shown anyway. */
export function RecipientPager({ list, rows, turner }: RecipientPagerProps) {
  const { t } = useTranslation('hubs')
  const { previous, next, goToRow, number } = turner
  if (!previous && !next) return null
  const [first, last] = [rows[0], rows.at(-1)]
  const range = goToRow && first && last
  return (
    <nav className={classes.pager} aria-label={t('pager.name')}>
      <Text size="sm" c="dimmed" className="numeric">
        {range
          ? t('pager.rows', {
              first: formatNumber(first.row_number),
              last: formatNumber(last.row_number),
              of: formatNumber(list.rows),
            })
          : t('pager.page', { n: formatNumber(number) })}
      </Text>
      <div className={classes.ways}>
        {goToRow && <RowField rows={list.rows} goToRow={goToRow} />}
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('pager.previous')}
          disabled={!previous}
          onClick={() => previous?.()}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('pager.next')}
          disabled={!next}
          onClick={() => next?.()}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
      </div>
    </nav>
  )
}

function RowField({ rows, goToRow }: { rows: number; goToRow: (row: number) => void }) {
  const { t } = useTranslation('hubs')
  const [row, setRow] = useState<number | string>('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (typeof row === 'number') goToRow(row)
        setRow('')
      }}
    >
      <NumberInput
        aria-label={t('pager.goToRow')}
        placeholder={t('pager.goToRow')}
        value={row}
        onChange={setRow}
        min={1}
        max={rows}
        allowDecimal={false}
        thousandSeparator=","
        hideControls
        w={130}
      />
    </form>
  )
}
