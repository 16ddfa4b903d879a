import { afterAll, expect, test, vi } from 'vitest'
import { startEmulator } from '../../emulator/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { defineTemplatesJobs } from './sync-templates.ts'
import { templateWorld } from './testing/template-world.ts'

const emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 11 })
const base = await testCtx({ config: { sandboxPort: emulator.port } })
const { ctx, someConnector, rowsOf } = templateWorld(base, emulator.url)
defineTemplatesJobs(ctx)
await ctx.jobs.start()
afterAll(async () => {
  await ctx.providers.close()
  await emulator.stop()
})

test('templates come by themselves after a number was connected', async () => {
  const { workspaceId } = await someConnector((await seedWorkspace(ctx)).owner)
  await vi.waitFor(async () => expect((await rowsOf(workspaceId)).length).toBeGreaterThan(3), {
    interval: 100,
  })
})
