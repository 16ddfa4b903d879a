import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { startEmulator } from '../../emulator/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { applyAccountChange } from './apply-account-change.ts'
import { createConnector } from './create-connector.ts'
import { disconnectConnector } from './disconnect-connector.ts'
import { findNumberOwners } from './find-owners.ts'
import { numberConnection } from './open-connection.ts'
import { listSendingNumbers } from './queries-numbers.ts'
import { reconnectConnector } from './reconnect-connector.ts'
import { failureOf, firstNumber, pretendMeta } from './testing/pretend-meta.ts'

const emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 7 })
const base = await testCtx({ config: { sandboxPort: emulator.port, graphUrl: emulator.url } })
const { ctx, someConnector } = pretendMeta(base, emulator.url)
afterAll(async () => {
  await ctx.providers.close()
  await emulator.stop()
})

describe('disconnecting', () => {
  test('stops sending at once, keeps the history, and can be taken back', async () => {
    const { connector: made, owner, fields } = await someConnector((await seedWorkspace(ctx)).owner)
    const number = firstNumber(made)
    const isSending = async () => (await listSendingNumbers(ctx.db.worker)).some(({ id }) => id === number.id)
    expect(await isSending()).toBe(true)

    const gone = await disconnectConnector(ctx, owner, made.id)
    expect(gone).toMatchObject({ status: 'DISCONNECTED', numbers: [{ id: number.id, connected: false }] })
    expect(await isSending()).toBe(false)
    expect((await failureOf(numberConnection(ctx, owner.workspaceId, number.id))).code).toBe(
      'connector_disconnected',
    )
    expect((await findNumberOwners(ctx.db.worker, [fields.phone_number_id])).size).toBe(0)

    const back = await reconnectConnector(ctx, owner, made.id)
    expect(back).toMatchObject({ status: 'ACTIVE', numbers: [{ id: number.id, connected: true }] })
    expect(await isSending()).toBe(true)
  })

  test('an account that may not write is DEGRADED until its restriction ends, and again after a reconnection', async () => {
    const { connector: made, owner } = await someConnector((await seedWorkspace(ctx)).owner)
    const { workspaceId } = owner
    const restricted = (expiration: number) => {
      const one = { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration }
      const value = { restriction_info: [one] }
      const place = { waba_id: null, phone_number_id: null, field: 'account_update', at: new Date() }
      const fact = { kind: 'account', ...place, change: 'ACCOUNT_RESTRICTION', value } as const
      return applyAccountChange(ctx, workspaceId, made.id, fact)
    }
    const status = async () => {
      await disconnectConnector(ctx, owner, made.id)
      return (await reconnectConnector(ctx, owner, made.id)).status
    }
    expect(await status()).toBe('ACTIVE')
    await restricted(Date.now() / 1000 + 3600)
    expect(await status()).toBe('DEGRADED')
    await restricted(Date.now() / 1000 - 60)
    expect(await status()).toBe('ACTIVE')
  })

  test('lets another workspace connect the number, and not be taken back meanwhile', async () => {
    const first = await someConnector((await seedWorkspace(ctx)).owner)
    await disconnectConnector(ctx, first.owner, first.connector.id)
    const { owner } = await seedWorkspace(ctx)
    await createConnector(ctx, owner, first.fields)
    const error = await failureOf(reconnectConnector(ctx, first.owner, first.connector.id))
    expect(error.code).toBe('number_already_connected')
    const { rows } = await sql<{
      status: string
    }>`select status from connectors where id = ${first.connector.id}`.execute(ctx.db.worker)
    expect(rows).toEqual([{ status: 'DISCONNECTED' }])
  })

  test('a number connected anew in its workspace keeps its row, and so its conversations', async () => {
    const { connector: made, owner, fields } = await someConnector((await seedWorkspace(ctx)).owner)
    await disconnectConnector(ctx, owner, made.id)
    const again = await createConnector(ctx, owner, fields)
    expect(again.id).not.toBe(made.id)
    expect(firstNumber(again).id).toBe(firstNumber(made).id)
    const error = await failureOf(reconnectConnector(ctx, owner, made.id))
    expect(error.code).toBe('number_already_connected')
  })
})
