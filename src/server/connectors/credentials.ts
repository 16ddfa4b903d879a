import { z } from 'zod'
import type { Ctx } from '../platform/index.ts'
import type { ConnectorRow } from './connector.ts'

const credentials = z.object({ access_token: z.string(), app_secret: z.string(), verify_token: z.string() })
const gupshupCredentials = z.object({ api_key: z.string(), callback_secret: z.string() })
/** Never logged, never answered. */
export type Credentials = z.infer<typeof credentials>
/** The secret is the last step of the callback URL: Gupshup signs nothing. */
export type GupshupCredentials = z.infer<typeof gupshupCredentials>

type Owner = Pick<ConnectorRow, 'workspace_id' | 'id'>

export function sealCredentials(
  { secrets }: Pick<Ctx, 'secrets'>,
  owner: Owner,
  values: Credentials | GupshupCredentials,
): Buffer {
  return secrets.seal(JSON.stringify(values), sealedFor(owner))
}

export function openCredentials(
  { secrets }: Pick<Ctx, 'secrets'>,
  row: Owner & Pick<ConnectorRow, 'credentials_sealed'>,
): Credentials {
  return credentials.parse(JSON.parse(secrets.open(row.credentials_sealed, sealedFor(row))))
}

export function openGupshupCredentials(
  { secrets }: Pick<Ctx, 'secrets'>,
  row: Owner & Pick<ConnectorRow, 'credentials_sealed'>,
): GupshupCredentials {
  return gupshupCredentials.parse(JSON.parse(secrets.open(row.credentials_sealed, sealedFor(row))))
}

/** Bound to workspace, table, column and row: copied into another row, it can't be opened. */
function sealedFor({ workspace_id, id }: Owner): string {
  return `${workspace_id}|connectors|credentials_sealed|${id}`
}
