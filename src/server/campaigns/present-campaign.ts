import { type Campaign, campaign } from '../../contract/index.ts'
import type { CampaignRow } from './queries.ts'

export function presentCampaign(row: CampaignRow): Campaign {
  return campaign.parse({
    ...row,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  })
}
