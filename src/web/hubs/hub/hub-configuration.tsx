import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Campaign, Hub } from '../../../contract/index.ts'
import { useCampaign } from '../../campaigns/campaigns.ts'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { FormFoot, Section } from '../../platform/page/section.tsx'
import { useHub } from '../hubs.ts'
import { TemplateChoice } from '../template-choice.tsx'
import { useUpdateHub } from './use-update-hub.ts'

const route = getRouteApi('/w/$workspace/hubs/$hubId')

/** The template that a list uses unless it brings its own. */
export function HubConfiguration() {
  const { hubId } = route.useParams()
  const { data: hub } = useHub(hubId)
  const { data: campaign } = useCampaign(hub?.campaign_id)
  if (!hub || !campaign) return <LoadingRows count={4} />
  return <Configuration key={hub.template_id} hub={hub} campaign={campaign} />
}

function Configuration({ hub, campaign }: { hub: Hub; campaign: Campaign }) {
  const { t } = useTranslation(['hubs', 'shell'])
  const [templateId, setTemplateId] = useState<string | null>(hub.template_id)
  const update = useUpdateHub(hub.id)
  return (
    <Section title={t('configuration.title')} text={t('configuration.text')}>
      <TemplateChoice
        campaign={campaign}
        value={templateId}
        onChange={setTemplateId}
        none={t('configuration.none')}
      />
      <FormFoot>
        {update.error && <ErrorNote error={update.error} />}
        <Button
          loading={update.isPending}
          disabled={templateId === hub.template_id}
          onClick={() => update.mutate({ template_id: templateId })}
        >
          {t('shell:save')}
        </Button>
      </FormFoot>
    </Section>
  )
}
