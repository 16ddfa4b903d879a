import { IconPlugConnectedX } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { NumberDetail } from '../../../contract/index.ts'
import { FlagNotes } from '../../notices/flag-notes.tsx'
import { formatPhone } from '../../platform/format/phone.ts'
import { ErrorState } from '../../platform/page/error-state.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { Note } from '../../platform/page/note.tsx'
import { Page } from '../../platform/page/page.tsx'
import { PageHeader } from '../../platform/page/page-header.tsx'
import { Section } from '../../platform/page/section.tsx'
import { StateBadge } from '../../platform/state/state-badge.tsx'
import { useConnectors } from '../connectors.ts'
import { HistoryList } from '../history/history-list.tsx'
import { LimitSection } from './limit-section.tsx'
import { PaceSection } from './pace-section.tsx'
import { QualitySection } from './quality-section.tsx'
import { useNumber } from './use-number.ts'

const route = getRouteApi('/w/$workspace/numbers/$numberId')

/** Can this number send, how much today, and how fast? */
export function NumberPage() {
  const { t } = useTranslation('connectors')
  const { workspace, numberId } = route.useParams()
  const { data: number, error, isPending, refetch } = useNumber(numberId)
  return (
    <Page>
      <PageHeader
        title={number ? formatPhone(number.phone) : t('numberPage.number')}
        badge={number && <StateBadge state={number.connected ? number.quality_rating : 'DISCONNECTED'} />}
        summary={number && <Whose number={number} />}
        back={{ label: t('title'), link: { to: '/w/$workspace/numbers', params: { workspace } } }}
      />
      {error && !number && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingRows count={3} height={160} />}
      {number && <Flags number={number} />}
      {number && !number.connected && (
        <Note tone="grey" icon={IconPlugConnectedX}>
          {t('numberPage.disconnected')}
        </Note>
      )}
      {number?.connected && (
        <>
          <LimitSection number={number} />
          <PaceSection key={number.pace_override_per_second} number={number} />
          <QualitySection number={number} />
        </>
      )}
      {number && (
        <Section title={t('history.title')}>
          <HistoryList numberId={number.id} />
        </Section>
      )}
    </Page>
  )
}

/** What stands against the number, or against the account it belongs to. */
function Flags({ number }: { number: NumberDetail }) {
  const { data: connectors } = useConnectors()
  const connector = connectors?.find(({ id }) => id === number.connector_id)
  const flags = connector?.flags.filter(({ subject_id: id }) => id === number.id || id === connector.id) ?? []
  const nameOf = (id: string) => (id === number.id ? number.verified_name : (connector?.name ?? ''))
  return <FlagNotes flags={flags} nameOf={nameOf} />
}

function Whose({ number }: { number: NumberDetail }) {
  const { data: connectors } = useConnectors()
  const connector = connectors?.find(({ id }) => id === number.connector_id)
  return [number.verified_name, connector?.name].filter(Boolean).join(' · ')
}
