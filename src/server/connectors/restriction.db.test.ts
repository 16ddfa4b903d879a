import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { connectorId } from '../../contract/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { type AccountFact, createProviders, type JsonObject, type ServerCtx } from '../providers/index.ts'
import { recordRestriction } from './record-restriction.ts'

const base = await testCtx()
const ctx: ServerCtx = { ...base, providers: createProviders({ log: base.log }) }
afterAll(() => ctx.providers.close())

async function open() {
  const { workspaceId } = await seedWorkspace(ctx)
  const id = connectorId.parse(ctx.random.id('con'))
  await sql`
    insert into connectors (workspace_id, id, provider, name, status, key, waba_id, credentials_sealed)
    values (${workspaceId}, ${id}, 'meta', 'Shop', 'ACTIVE', ${id}, ${id}, '')`.execute(ctx.db.worker)
  const tell = (change: string, value: JsonObject, at: string) => {
    const fact: AccountFact = {
      kind: 'account',
      field: 'account_update',
      change,
      at: new Date(at),
      value,
      waba_id: id,
      phone_number_id: null,
    }
    const hearing = { workspace: workspaceId, connector: id, at: new Date(at) }
    return ctx.db.inWorkspace(workspaceId, (tx) => recordRestriction(tx, hearing, fact))
  }
  const kept = async () => {
    const { rows } = await sql<{ kind: string; until: Date | null }>`
      select kind, until from account_restrictions where connector_id = ${id}`.execute(ctx.db.worker)
    return rows
  }
  return { tell, kept }
}

const ban = (waba_ban_state: string) => ({ ban_info: { waba_ban_state } })

describe('what the provider forbids an account', () => {
  it('is kept with its end', async () => {
    const { tell, kept } = await open()
    const restriction_info = [
      { restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expiration: 1 },
      { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1_800_000_000 },
    ]
    expect(await tell('ACCOUNT_RESTRICTION', { restriction_info }, '2026-01-01T00:00:00Z')).toBe(true)
    expect(await kept()).toEqual([{ kind: 'restricted', until: new Date(1_800_000_000_000) }])
  })

  it('ends when the account is reinstated, in whatever order that is told', async () => {
    const { tell, kept } = await open()
    await tell('DISABLED_UPDATE', ban('DISABLE'), '2026-01-01T00:00:00Z')
    expect(await kept()).toEqual([{ kind: 'disabled', until: null }])
    await tell('DISABLED_UPDATE', ban('REINSTATE'), '2026-01-03T00:00:00Z')
    await tell('DISABLED_UPDATE', ban('DISABLE'), '2026-01-01T00:00:00Z')
    expect(await kept()).toEqual([{ kind: 'disabled', until: new Date('2026-01-03T00:00:00Z') }])
  })

  it('is not every news of an account', async () => {
    const { tell, kept } = await open()
    const restriction_info = [{ restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expiration: 1 }]
    expect(await tell('ACCOUNT_RESTRICTION', { restriction_info }, '2026-01-01T00:00:00Z')).toBe(false)
    expect(await tell('DISABLED_UPDATE', ban('SCHEDULE_FOR_DISABLE'), '2026-01-01T00:00:00Z')).toBe(false)
    expect(await tell('PARTNER_ADDED', {}, '2026-01-01T00:00:00Z')).toBe(false)
    expect(await kept()).toEqual([])
  })
})
