import { getRouteApi, Navigate, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { ErrorState } from '../../platform/page/error-state.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { Page } from '../../platform/page/page.tsx'
import { PageHeader } from '../../platform/page/page-header.tsx'
import { StateBadge } from '../../platform/state/state-badge.tsx'
import { isInPreparation, isOver, useHub, useList } from '../hubs.ts'
import type { RecipientFilter } from '../recipients/filter.ts'
import { RecipientsSection } from '../recipients/recipients-section.tsx'
import { CountTiles } from './count-tiles.tsx'
import { ForecastSection } from './forecast-section.tsx'
import { ListActions } from './list-actions.tsx'
import { ListAnswer } from './list-answer.tsx'
import { ListNotes } from './list-notes.tsx'
import classes from './list-page.module.css'
import { ListSettings } from './list-settings.tsx'
import { ReasonsSection } from './reasons-section.tsx'

const route = getRouteApi('/w/$workspace/hubs/$hubId/lists/$listId')

/** How far is it, what failed, what do I do? Live while it runs. */
export function ListPage() {
  const { t } = useTranslation('hubs')
  const { workspace, hubId, listId } = route.useParams()
  const { data: list, error, isPending, refetch } = useList(listId)
  const { data: hub } = useHub(hubId)
  if (list && isInPreparation(list)) {
    return (
      <Navigate
        to="/w/$workspace/hubs/$hubId/lists/$listId/prepare"
        params={{ workspace, hubId, listId }}
        search={{ step: 'match' }}
        replace
      />
    )
  }
  return (
    <Page>
      <PageHeader
        title={list?.name ?? t('list')}
        badge={list && <StateBadge state={list.state} />}
        back={{
          label: hub?.name ?? t('hub'),
          link: { to: '/w/$workspace/hubs/$hubId', params: { workspace, hubId } },
        }}
        actions={list && <ListActions list={list} />}
      />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingRows count={5} height={70} />}
      {list && <Progress list={list} />}
    </Page>
  )
}

function Progress({ list }: { list: List }) {
  const filter = route.useSearch()
  const navigate = useNavigate({ from: '/w/$workspace/hubs/$hubId/lists/$listId' })
  const setFilter = (next: RecipientFilter) =>
    void navigate({ search: next, replace: true, resetScroll: false })
  return (
    <>
      <ListAnswer list={list} />
      <ListNotes list={list} />
      <CountTiles list={list} chosen={filter.state} onChoose={(state) => setFilter(state ? { state } : {})} />
      {!isOver(list) && (
        <div className={classes.pair}>
          <div>
            <ForecastSection list={list} />
          </div>
          <div>
            <ListSettings key={`${list.weight} ${list.auto_resume}`} list={list} />
          </div>
        </div>
      )}
      <ReasonsSection
        list={list}
        kind="failures"
        onOpen={(code) => setFilter({ state: 'failed', reason: code })}
      />
      <ReasonsSection
        list={list}
        kind="skips"
        onOpen={(code) => setFilter({ state: 'skipped', reason: code })}
      />
      <RecipientsSection list={list} filter={filter} onFilter={setFilter} />
    </>
  )
}
