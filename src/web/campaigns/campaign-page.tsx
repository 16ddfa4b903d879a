import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useConnectors } from '../connectors/connectors.ts'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import { CampaignForm } from './campaign-form.tsx'
import { CampaignMenu } from './campaign-menu.tsx'
import { useCampaign } from './campaigns.ts'
import { useScheduleWords } from './schedule-words.ts'

const route = getRouteApi('/w/$workspace/hubs/campaigns/$campaignId')

const newRoute = getRouteApi('/w/$workspace/hubs/campaigns/new')

export function CampaignPage() {
  const { t } = useTranslation('campaigns')
  const { workspace, campaignId } = route.useParams()
  const { data: campaign, error, isPending, refetch } = useCampaign(campaignId)
  const scheduleWords = useScheduleWords()
  return (
    <Page>
      <PageHeader
        title={campaign?.name ?? t('campaign')}
        summary={
          campaign && `${scheduleWords(campaign.schedule)} (${campaign.time_zone.replaceAll('_', ' ')})`
        }
        back={{ label: t('title'), link: { to: '/w/$workspace/hubs/campaigns', params: { workspace } } }}
        actions={campaign && <CampaignMenu campaign={campaign} />}
      />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingRows count={3} height={160} />}
      {campaign && <CampaignForm key={campaign.id} campaign={campaign} />}
    </Page>
  )
}

/** The same form, empty but for a number that leaves no choice. */
export function NewCampaignPage() {
  const { t } = useTranslation('campaigns')
  const { workspace } = newRoute.useParams()
  const { data: connectors, isPending } = useConnectors()
  const numbers =
    connectors?.flatMap((connector) => connector.numbers.filter((number) => number.connected)) ?? []
  const only = numbers.length === 1 ? numbers[0] : undefined
  return (
    <Page>
      <PageHeader
        title={t('new.title')}
        summary={t('new.text')}
        back={{ label: t('title'), link: { to: '/w/$workspace/hubs/campaigns', params: { workspace } } }}
      />
      {isPending ? <LoadingRows count={3} height={160} /> : <CampaignForm numberId={only?.id} />}
    </Page>
  )
}
