import { afterAll } from 'vitest'
import { createLog } from '../../platform/index.ts'
import { type TestContextOptions, testCtx } from '../../platform/testing/index.ts'
import { createProviders, type ServerCtx } from '../../providers/index.ts'
import { createServer } from '../create-server.ts'

export interface TestServer {
  ctx: ServerCtx
  url: string
  /** The OpenAPI document as it is served. */
  describe(): ReturnType<Awaited<ReturnType<typeof createServer>>['swagger']>
}

/** The real server on a free port, closed when the file's tests are over. */
export async function startTestServer(options: TestContextOptions = {}): Promise<TestServer> {
  const base = await testCtx({ ...options, config: { checkResponses: true, ...options.config } })
  const providers = createProviders({ log: createLog({ level: 'silent' }) })
  const ctx = { ...base, providers }
  const server = await createServer(ctx, { roles: ['web'], isReady: () => true })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  afterAll(async () => {
    await server.close()
    await providers.close()
  })
  return { ctx, url, describe: () => server.swagger() }
}
