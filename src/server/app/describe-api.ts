import { createLog, readConfig, Secret, systemClock } from '../platform/index.ts'
import { buildContext } from './build-context.ts'
import { createServer } from './create-server.ts'

/** The OpenAPI document, from a server that never listens and a context that never connects. */
export async function describeApi(): Promise<unknown> {
  const { ctx, close } = await buildContext({
    config: { ...readConfig({}), secretKey: new Secret('0'.repeat(64)) },
    target: { host: '/nowhere' },
    log: createLog({ level: 'silent' }),
    clock: systemClock,
  })
  const server = await createServer(ctx, { roles: [], isReady: () => false })
  await server.ready()
  const document = server.swagger()
  await server.close()
  await close()
  return document
}
