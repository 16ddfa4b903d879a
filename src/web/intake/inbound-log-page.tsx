import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAlertTriangle, IconLogs, IconRepeat } from '@tabler/icons-react'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LinkButton } from '../platform/page/link-button.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { MoreButton } from '../platform/page/more-button.tsx'
import { Note } from '../platform/page/note.tsx'
import { NothingFound } from '../platform/page/nothing-found.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import { type InboundFilter, readInboundFilter } from './filter.ts'
import { InboundFilters, type InboundFiltersProps } from './inbound-filters.tsx'
import { InboundLogDrawer } from './inbound-log-drawer.tsx'
import classes from './inbound-log-page.module.css'
import { InboundLogTable } from './inbound-log-table.tsx'
import { useHasParked, useInboundLogs } from './inbound-logs.ts'
import { ReplayModal } from './replay-modal.tsx'
import { ReplayNote } from './replay-note.tsx'

const route = getRouteApi('/w/$workspace/events/inbound')

/** What did WhatsApp tell us, and what became of it? Every webhook as it came. */
export function InboundLogPage() {
  const { t } = useTranslation('intake')
  const filter = readInboundFilter(route.useSearch())
  const navigate = useNavigate({ from: '/w/$workspace/events/inbound' })
  const go = (search: InboundFilter) => void navigate({ search, replace: true })
  const change: InboundFiltersProps['onChange'] = (some) => go(readInboundFilter({ ...filter, ...some }))
  const [isReplaying, replaying] = useDisclosure()
  const { log: open, ...shown } = filter
  const logs = useInboundLogs(filter)
  const isFiltered = Object.keys(shown).length > 0
  const isEmpty = logs.isSuccess && logs.items.length === 0
  const hasSome = !isEmpty || isFiltered
  return (
    <Page>
      <PageHeader
        title={t('title')}
        summary={t('summary')}
        actions={
          hasSome && (
            <Button variant="default" leftSection={<IconRepeat size={16} />} onClick={replaying.open}>
              {t('replaySpan.open')}
            </Button>
          )
        }
      />
      <div className={classes.notes}>
        {filter.verdict !== 'parked' && <ParkedNote />}
        <ReplayNote />
      </div>
      {hasSome && <InboundFilters filter={filter} onChange={change} />}
      {logs.error && <ErrorState error={logs.error} onRetry={() => void logs.refetch()} />}
      {logs.isPending && <LoadingRows count={8} />}
      {isEmpty && <Nothing isFiltered={isFiltered} onClear={() => go({})} />}
      {logs.items.length > 0 && (
        <InboundLogTable logs={logs.items} onOpen={({ id }) => change({ log: id })} />
      )}
      <MoreButton pages={logs} />
      <InboundLogDrawer id={open} onClose={() => go(shown)} />
      <ReplayModal filter={filter} isOpen={isReplaying} onClose={replaying.close} />
    </Page>
  )
}

/** What failed for good needs somebody's eye. */
function ParkedNote() {
  const { t } = useTranslation('intake')
  if (!useHasParked()) return null
  return (
    <Note tone="amber" icon={IconAlertTriangle}>
      {t('parked.text')}{' '}
      <Link from="/w/$workspace" to="/w/$workspace/events/inbound" search={{ verdict: 'parked' }}>
        {t('parked.show')}
      </Link>
    </Note>
  )
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { t } = useTranslation('intake')
  if (isFiltered) {
    return (
      <NothingFound
        title={t('nothing.title')}
        text={t('nothing.text')}
        clear={t('nothing.clear')}
        onClear={onClear}
      />
    )
  }
  return (
    <EmptyState
      boxed
      icon={IconLogs}
      title={t('empty.title')}
      text={t('empty.text')}
      action={
        <LinkButton from="/w/$workspace" to="/w/$workspace/numbers">
          {t('empty.numbers')}
        </LinkButton>
      }
    />
  )
}
