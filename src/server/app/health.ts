import { sql } from 'kysely'
import { type Ctx, type HttpApp, isPublicAddress, ParleyError } from '../platform/index.ts'

export interface Readiness {
  /** The roles whose work has begun. */
  roles: readonly string[]
  isReady(): boolean
}

const databasePatienceMs = 2_000

/** For whoever watches the hub: `/healthz` says that the process lives, `/readyz` that it can do its work. */
export function registerHealthRoutes(app: HttpApp, ctx: Ctx, readiness: Readiness): void {
  const hidden = { config: { access: 'public' as const }, schema: { hide: true } }
  app.get('/healthz', hidden, async () => ({ status: 'alive' }))
  app.get('/readyz', hidden, async (_request, reply) => {
    const reason = await findHindrance(ctx, readiness)
    if (reason === null) return { status: 'ready', roles: readiness.roles }
    return reply.code(503).send({ status: 'not_ready', reason })
  })
  app.get('/metrics', hidden, async (request, reply) => {
    if (isPublicAddress(request.ip)) {
      throw new ParleyError('forbidden', 'Metrics are told to this machine and its private network only.')
    }
    return reply
      .type(ctx.metrics.contentType)
      .serializer(String)
      .send(await ctx.metrics.text())
  })
}

async function findHindrance(ctx: Ctx, readiness: Readiness): Promise<string | null> {
  if (ctx.stopping.aborted) return 'stopping'
  if (!readiness.isReady()) return 'starting'
  return (await answersInTime(ctx)) ? null : 'database'
}

async function answersInTime(ctx: Ctx): Promise<boolean> {
  const asked = sql`select 1`.execute(ctx.db.worker).then(
    () => true,
    () => false,
  )
  return Promise.race([asked, ctx.clock.sleep(databasePatienceMs).then(() => false)])
}
