import { getRouteApi, Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Campaign, Hub, List, Template } from '../../../contract/index.ts'
import { useCampaign } from '../../campaigns/campaigns.ts'
import { ErrorState } from '../../platform/page/error-state.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { Page } from '../../platform/page/page.tsx'
import { PageHeader } from '../../platform/page/page-header.tsx'
import { useCampaignTemplates } from '../campaign-templates.ts'
import { isInPreparation, useHub, useList } from '../hubs.ts'
import { CheckStep } from './check-step.tsx'
import { ImportState } from './import-state.tsx'
import { MatchStep } from './match-step.tsx'
import { SourceStep } from './source-step.tsx'
import type { StepProps } from './step-props.ts'
import type { Step } from './steps.ts'
import { TemplateStep } from './template-step.tsx'
import { useListPreparation } from './use-list-preparation.ts'
import { WhenStep } from './when-step.tsx'
import { Steps } from './wizard-frame.tsx'

const route = getRouteApi('/w/$workspace/hubs/$hubId/lists/$listId/prepare')

/** The steps of an uploaded list; the address says which one. */
export function PrepareListPage() {
  const { t } = useTranslation('hubs')
  const { workspace, hubId, listId } = route.useParams()
  const list = useList(listId)
  const hub = useHub(hubId)
  const campaign = useCampaign(hub.data?.campaign_id)
  const templates = useCampaignTemplates(campaign.data)
  const all = [list, hub, campaign, templates]
  const error = all.find((one) => one.error)?.error
  if (list.data && !isInPreparation(list.data)) {
    return (
      <Navigate to="/w/$workspace/hubs/$hubId/lists/$listId" params={{ workspace, hubId, listId }} replace />
    )
  }
  return (
    <Page>
      <PageHeader
        title={list.data?.name ?? t('wizard.title')}
        summary={hub.data && t('wizard.inHub', { name: hub.data.name })}
        back={{
          label: hub.data?.name ?? t('hub'),
          link: { to: '/w/$workspace/hubs/$hubId', params: { workspace, hubId } },
        }}
      />
      {error && (
        <ErrorState error={error} onRetry={() => void Promise.all(all.map((one) => one.refetch()))} />
      )}
      {!error && all.some((one) => one.isPending) && <LoadingRows count={4} height={90} />}
      {list.data && hub.data && campaign.data && templates.data && (
        <Preparation list={list.data} hub={hub.data} campaign={campaign.data} templates={templates.data} />
      )}
    </Page>
  )
}

interface PreparationProps {
  list: List
  hub: Hub
  campaign: Campaign
  templates: Template[]
}

function Preparation({ list, hub, campaign, templates }: PreparationProps) {
  const { step } = route.useSearch()
  const preparation = useListPreparation({ list, hub, templates })
  return (
    <>
      <Steps step={step} reached={preparation.reached} list={{ hubId: hub.id, listId: list.id }} />
      {step !== 'source' && (list.state === 'importing' || list.import_error !== null) ? (
        <ImportState list={list} />
      ) : (
        <StepContent step={step} list={list} campaign={campaign} preparation={preparation} />
      )}
    </>
  )
}

function StepContent({ step, ...props }: StepProps & { step: Step }) {
  switch (step) {
    case 'source':
      return <SourceStep {...props} />
    case 'match':
      return <MatchStep {...props} />
    case 'template':
      return <TemplateStep {...props} />
    case 'when':
      return <WhenStep {...props} />
    case 'check':
      return <CheckStep {...props} />
  }
}
