import { Button, Radio, Stack } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Campaign, Hub, WeeklySchedule } from '../../../contract/index.ts'
import { useCampaign } from '../../campaigns/campaigns.ts'
import { findOutside, findRangeFault, isNeverOpen } from '../../campaigns/opening-hours.ts'
import { ScheduleEditor } from '../../campaigns/schedule-editor.tsx'
import { useScheduleWords } from '../../campaigns/schedule-words.ts'
import { weekdays } from '../../campaigns/weekdays.ts'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { FormFoot, Section } from '../../platform/page/section.tsx'
import { useHub } from '../hubs.ts'
import { useUpdateHub } from './use-update-hub.ts'

const route = getRouteApi('/w/$workspace/hubs/$hubId')

/** The campaign's hours, or narrower ones of the hub's own. */
export function HubSchedule() {
  const { hubId } = route.useParams()
  const { data: hub } = useHub(hubId)
  const { data: campaign } = useCampaign(hub?.campaign_id)
  if (!hub || !campaign) return <LoadingRows count={7} />
  return <Schedule key={hub.updated_at} hub={hub} campaign={campaign} />
}

function Schedule({ hub, campaign }: { hub: Hub; campaign: Campaign }) {
  const { t } = useTranslation(['hubs', 'shell'])
  const scheduleWords = useScheduleWords()
  const [schedule, setSchedule] = useState<WeeklySchedule | null>(hub.schedule)
  const update = useUpdateHub(hub.id)
  const isSame = JSON.stringify(schedule) === JSON.stringify(hub.schedule)
  return (
    <Section
      title={t('tab.schedule')}
      text={t('schedule.text', { zone: campaign.time_zone.replaceAll('_', ' ') })}
    >
      <Radio.Group
        aria-label={t('tab.schedule')}
        value={schedule === null ? 'campaign' : 'own'}
        onChange={(value) => setSchedule(value === 'campaign' ? null : (hub.schedule ?? campaign.schedule))}
      >
        <Stack gap="sm" mb="lg">
          <Radio
            value="campaign"
            label={t('schedule.campaign')}
            description={scheduleWords(campaign.schedule)}
          />
          <Radio value="own" label={t('schedule.own')} description={t('schedule.ownHint')} />
        </Stack>
      </Radio.Group>
      {schedule && (
        <ScheduleEditor
          label={t('tab.schedule')}
          value={schedule}
          onChange={setSchedule}
          within={campaign.schedule}
        />
      )}
      <FormFoot>
        {update.error && <ErrorNote error={update.error} />}
        <Button
          loading={update.isPending}
          disabled={isSame || (schedule !== null && !isUsable(schedule, campaign))}
          onClick={() => update.mutate({ schedule })}
        >
          {t('shell:save')}
        </Button>
      </FormFoot>
    </Section>
  )
}

function isUsable(schedule: WeeklySchedule, campaign: Campaign): boolean {
  if (isNeverOpen(schedule) || findOutside(schedule, campaign.schedule)) return false
  return weekdays.every((day) => findRangeFault(schedule[day] ?? []) === null)
}
