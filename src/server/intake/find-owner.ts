import type { ConnectorId, NumberId, WorkspaceId } from '../../contract/index.ts'
import { type AccountOwner, findAccountOwners, findNumberOwners } from '../connectors/index.ts'
import type { Db } from '../platform/index.ts'
import type { ReadFact } from './read-facts.ts'

/** Whose a fact is. `numberId` is null for what concerns a whole account. */
export interface Owner {
  workspaceId: WorkspaceId
  connectorId: ConnectorId
  numberId: NumberId | null
}

export interface KnownOwners {
  numbers: Awaited<ReturnType<typeof findNumberOwners>>
  accounts: readonly AccountOwner[]
}

/** Looks up at once whatever a batch of facts names. */
export async function findOwners(db: Db, facts: readonly ReadFact[]): Promise<KnownOwners> {
  const phoneNumberIds = new Set<string>()
  const connectorIds = new Set<string>()
  const wabaIds = new Set<string>()
  for (const { log, fact } of facts) {
    if (fact.phone_number_id !== null) phoneNumberIds.add(fact.phone_number_id)
    if (log.connector_id !== null) connectorIds.add(log.connector_id)
    else if (fact.waba_id !== null) wabaIds.add(fact.waba_id)
  }
  return {
    numbers: await findNumberOwners(db, [...phoneNumberIds]),
    accounts: await findAccountOwners(db, { connectorIds: [...connectorIds], wabaIds: [...wabaIds] }),
  }
}

/**
 * The owner of a fact, null when it is nobody's here. Who signed a webhook may speak for the numbers and the account of
 * that connector only: an id of another tenant in a rightly signed body leads nowhere.
 */
export function ownerOf(read: ReadFact, { numbers, accounts }: KnownOwners): Owner | null {
  const { log, fact } = read
  const signer = log.connector_id === null ? null : accounts.find(({ id }) => id === log.connector_id)
  if (signer === undefined) return null
  if (log.source === 'gupshup') return signer && ownerOfApp(read, signer)
  if (fact.phone_number_id !== null) {
    const number = numbers.get(fact.phone_number_id)
    if (!number || (signer !== null && !speaksFor(signer, number))) return null
    return { workspaceId: number.workspace_id, connectorId: number.connector_id, numberId: number.id }
  }
  const account = signer ?? accounts.find(({ waba_id }) => waba_id !== null && waba_id === fact.waba_id)
  if (!account || isForeign(account.waba_id, fact.waba_id)) return null
  return { workspaceId: account.workspace_id, connectorId: account.id, numberId: null }
}

/** A Gupshup app has one number, and its webhooks need not name it. Another app's, sent to this address, is nobody's. */
function ownerOfApp({ appId }: ReadFact, app: AccountOwner): Owner | null {
  if (app.number_id === null || isForeign(app.app_id, appId)) return null
  return { workspaceId: app.workspace_id, connectorId: app.id, numberId: app.number_id }
}

/** Its own numbers, and those of other connectors of the same account and workspace: Meta has one address per app. */
function speaksFor(
  signer: AccountOwner,
  number: { workspace_id: string; connector_id: string; waba_id: string | null },
): boolean {
  if (number.workspace_id !== signer.workspace_id) return false
  return number.connector_id === signer.id || (number.waba_id !== null && number.waba_id === signer.waba_id)
}

function isForeign(known: string | null, told: string | null): boolean {
  return known !== null && told !== null && known !== told
}
