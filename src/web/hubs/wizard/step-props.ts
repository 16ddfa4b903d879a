import type { Campaign, List } from '../../../contract/index.ts'
import type { useListPreparation } from './use-list-preparation.ts'

export interface StepProps {
  list: List
  campaign: Campaign
  preparation: ReturnType<typeof useListPreparation>
}
