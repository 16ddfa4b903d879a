import { afterAll, expect, test } from 'vitest'
import { startEmulator } from '../../emulator/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createConnector } from './create-connector.ts'
import { openConnection } from './open-connection.ts'
import { restoreSandboxAccounts } from './restore-sandbox-accounts.ts'
import { firstNumber, metaOnly, pretendMeta } from './testing/pretend-meta.ts'

let emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 7 })
const base = await testCtx({ config: { sandboxPort: emulator.port } })
const { ctx } = pretendMeta(base, emulator.url)
afterAll(async () => {
  await ctx.providers.close()
  await emulator.stop()
})

test('a sandbox that was started anew knows the numbers of before, with the same credentials', async () => {
  const { owner } = await seedWorkspace(ctx)
  const made = await createConnector(ctx, owner, { provider: 'sandbox', name: 'Try it' })
  const { phone_number_id, phone } = firstNumber(made)
  const connection = metaOnly(await openConnection(ctx, owner.workspaceId, made.id))
  const read = () => ctx.providers.meta.readNumber(connection, phone_number_id)

  await emulator.stop()
  emulator = await startEmulator({ host: '127.0.0.1', port: emulator.port, seed: 8 })
  expect((await read()).ok).toBe(false)

  await restoreSandboxAccounts(ctx)
  const answer = await read()
  expect(answer).toMatchObject({ ok: true })
  expect(JSON.stringify(answer).replaceAll(/[ +-]/g, '')).toContain(phone)
  await restoreSandboxAccounts(ctx)
  expect(await read()).toEqual(answer)
})
