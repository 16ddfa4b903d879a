import { Text } from '@mantine/core'
import { IconRoad } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SendingLane } from '../../contract/index.ts'
import { formatNumber } from '../platform/format/number.ts'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LinkButton } from '../platform/page/link-button.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import { LaneCard } from './lane-card.tsx'
import classes from './lanes.module.css'
import { useLanes } from './lanes.ts'

/** Who sends just now, how fast, and what waits? */
export function LanesPage() {
  const { t } = useTranslation('sending')
  const { data: lanes, error, isPending, refetch } = useLanes()
  const isEmpty = lanes?.length === 0
  return (
    <Page>
      <PageHeader title={t('lanes.title')} summary={lanes && !isEmpty && <Answer lanes={lanes} />} />
      {error && !lanes && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingRows count={2} height={130} />}
      {isEmpty && (
        <EmptyState
          boxed
          icon={IconRoad}
          title={t('lanes.empty.title')}
          text={t('lanes.empty.text')}
          action={
            <LinkButton from="/w/$workspace" to="/w/$workspace/numbers">
              {t('lanes.empty.action')}
            </LinkButton>
          }
        />
      )}
      <ul className={classes.lanes}>
        {lanes?.map((lane) => (
          <LaneCard key={lane.number_id} lane={lane} />
        ))}
      </ul>
      {lanes && !isEmpty && (
        <Text size="sm" c="dimmed" mt="lg" maw="72ch">
          {t('lanes.summary')} {t('lanes.order')}
        </Text>
      )}
    </Page>
  )
}

function Answer({ lanes }: { lanes: SendingLane[] }) {
  const { t } = useTranslation('sending')
  const rate = lanes.reduce((sum, lane) => sum + lane.rate_per_second, 0)
  return t('lanes.answer', { count: lanes.length, rate: formatNumber(Math.round(rate * 10) / 10) })
}
