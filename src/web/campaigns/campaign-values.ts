import type { Campaign, CreateCampaign } from '../../contract/index.ts'
import { workingHours } from './schedule-editor.tsx'
import { ownTimeZone } from './time-zone-select.tsx'

/** What the form holds; `number_id` is empty until one is chosen. */
export type CampaignValues = Pick<CreateCampaign, 'name' | 'time_zone' | 'schedule' | 'exceptions'> & {
  number_id: string
  template_ids: string[]
}

export function valuesOf(campaign: Campaign | undefined, numberId = ''): CampaignValues {
  return {
    name: campaign?.name ?? '',
    number_id: campaign?.number_id ?? numberId,
    time_zone: campaign?.time_zone ?? ownTimeZone,
    schedule: campaign?.schedule ?? workingHours,
    exceptions: campaign?.exceptions ?? [],
    template_ids: campaign?.template_ids ?? [],
  }
}

/** The number of a campaign is fixed once it exists. */
export function bodyOf(values: CampaignValues, isNew: boolean) {
  const { number_id, ...changes } = values
  return isNew ? { number_id, ...changes } : changes
}
