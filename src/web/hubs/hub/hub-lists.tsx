import { IconFileUpload } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../platform/page/empty-state.tsx'
import { ErrorState } from '../../platform/page/error-state.tsx'
import { LinkButton } from '../../platform/page/link-button.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { MoreButton } from '../../platform/page/more-button.tsx'
import { useHubLists } from '../hubs.ts'
import { ListsTable } from '../lists-table.tsx'
import { HubAnswer } from './hub-answer.tsx'

const route = getRouteApi('/w/$workspace/hubs/$hubId')

/** How far is it, what failed? The hub's lists, live. */
export function HubLists() {
  const { t } = useTranslation(['hubs', 'shell'])
  const { hubId } = route.useParams()
  const lists = useHubLists(hubId)
  const { items, isPending, isSuccess, error, refetch } = lists
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (isPending) return <LoadingRows count={5} height={60} />
  if (isSuccess && items.length === 0) {
    return (
      <EmptyState
        boxed
        icon={IconFileUpload}
        title={t('noLists.title')}
        text={t('noLists.text')}
        action={
          <LinkButton from="/w/$workspace" to="/w/$workspace/hubs/$hubId/lists/new" params={{ hubId }}>
            {t('noLists.upload')}
          </LinkButton>
        }
      />
    )
  }
  return (
    <>
      <HubAnswer lists={items} />
      <ListsTable lists={items} />
      <MoreButton pages={lists} />
    </>
  )
}
