import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Resend } from '../../contract/index.ts'
import { formatNumber } from '../platform/format/number.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { DataTable } from '../platform/page/data-table.tsx'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { MoreButton } from '../platform/page/more-button.tsx'
import { Section } from '../platform/page/section.tsx'
import { StateBadge } from '../platform/state/state-badge.tsx'
import { ContactCell, ListCell } from './message-cells.tsx'
import classes from './unsettled.module.css'
import { useResends } from './unsettled.ts'

/** Who had what sent again, when, and whether it is known to have arrived twice. */
export function ResendsSection() {
  const { t } = useTranslation(['sending', 'shell'])
  const resends = useResends()
  const { first, items, error, isPending } = resends
  const { total = 0, doubled = 0 } = first ?? {}
  return (
    <Section
      flush={items.length > 0}
      title={t('resends.title')}
      text={
        total > 0
          ? `${t('resends.text')} ${t('resends.doubled', { count: doubled, n: formatNumber(doubled) })}`
          : t('resends.text')
      }
      actions={
        total > 0 && (
          <strong className="numeric">{t('resends.count', { count: total, n: formatNumber(total) })}</strong>
        )
      }
    >
      {error && <ErrorNote error={error} />}
      {isPending && <LoadingRows count={2} />}
      {first && items.length === 0 && <Text c="dimmed">{t('resends.none')}</Text>}
      {items.length > 0 && <ResendsTable resends={items} />}
      <MoreButton pages={resends} variant="subtle" size="compact-sm" mt={0} />
    </Section>
  )
}

function ResendsTable({ resends }: { resends: Resend[] }) {
  const { t } = useTranslation('sending')
  return (
    <DataTable
      label={t('resends.title')}
      columns={[
        t('column.contact'),
        t('column.list'),
        t('resends.by'),
        t('resends.when'),
        t('resends.result'),
      ]}
    >
      {resends.map((resend) => (
        <tr key={resend.id}>
          <td className={classes.contact}>
            <ContactCell contact={resend.contact} />
          </td>
          <td data-label={t('column.list')} className={classes.list}>
            <ListCell list={resend.list} />
          </td>
          <td data-label={t('resends.by')}>
            {resend.decided_by === 'policy' ? t('resends.policy') : resend.actor_name}
          </td>
          <td data-label={t('resends.when')} className={classes.time}>
            <TimeText at={resend.at} look="full" />
          </td>
          <td data-label={t('resends.result')}>
            {resend.was_doubled ? (
              <StateBadge state="problem" label={t('resends.twice')} size="sm" />
            ) : (
              <span className={classes.quiet}>{t('resends.once')}</span>
            )}
          </td>
        </tr>
      ))}
    </DataTable>
  )
}
