import { type AccountChange, accountChange } from '../../contract/index.ts'
import type { ChangeRow } from './queries-changes.ts'

export function presentAccountChange(row: ChangeRow): AccountChange {
  return accountChange.parse({ ...row, at: row.at.toISOString() })
}
