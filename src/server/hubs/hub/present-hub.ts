import { type Hub, hub } from '../../../contract/index.ts'
import type { HubRow } from './queries.ts'

export function presentHub(row: HubRow): Hub {
  return hub.parse({
    ...row,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  })
}
