import type { ServerResponse } from 'node:http'
import type { WorkspaceId } from '../../contract/index.ts'
import { actorOf, type Ctx, everything, type HttpApp, type LiveChange } from '../platform/index.ts'
import type { Authentication } from './authenticate.ts'

const beatEveryMs = 15_000
const mergeMs = 40
/** A reader this far behind is cut off: the browser connects again and reads its pages anew. */
const unsentBytesMax = 256 * 1024
const unsentIdsMax = 10_000

/** `GET /live`: what changed in the workspace, as server-sent events of `{topic, ids}`. */
export function registerLiveRoute(app: HttpApp, ctx: Ctx, authentication: Authentication): void {
  app.get(
    '/live',
    {
      config: { access: { role: 'agent', scope: 'read' } },
      schema: {
        tags: ['Live'],
        summary: 'Changes of the workspace as server-sent events',
        description: 'Each event is JSON `{"topic","ids"}`; read what it names again.',
      },
    },
    async (request, reply) => {
      authentication.refuseForeignPage(request)
      const { workspaceId } = actorOf(request)
      const isStillAdmitted = async () => {
        const actor = await authentication.readActor(request).catch(() => null)
        return actor?.workspaceId === workspaceId
      }
      reply.hijack()
      streamChanges(ctx, { workspaceId, response: reply.raw, isStillAdmitted })
    },
  )
}

interface ChangeStream {
  workspaceId: WorkspaceId
  response: ServerResponse
  /** Asked at each beat: a session that was ended must not go on listening. */
  isStillAdmitted: () => Promise<boolean>
}

function streamChanges(ctx: Ctx, { workspaceId, response, isStillAdmitted }: ChangeStream): void {
  const pending = new Map<string, Set<string>>()
  let flushing: NodeJS.Timeout | null = null

  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  response.write('retry: 1000\n\n')

  const unsubscribe = ctx.live.subscribe(workspaceId, hear)
  const beating = setInterval(beat, beatEveryMs)
  const end = () => response.end()
  ctx.stopping.addEventListener('abort', end, { once: true })
  response.once('close', () => {
    unsubscribe()
    clearInterval(beating)
    if (flushing) clearTimeout(flushing)
    ctx.stopping.removeEventListener('abort', end)
  })

  function hear({ topic, id }: LiveChange): void {
    if (topic === everything) {
      end()
      return
    }
    const ids = pending.get(topic) ?? new Set()
    pending.set(topic, ids.add(id))
    if (ids.size > unsentIdsMax) end()
    else flushing ??= setTimeout(flush, mergeMs)
  }

  function flush(): void {
    flushing = null
    if (response.writableLength > unsentBytesMax) {
      response.destroy()
      return
    }
    for (const [topic, ids] of pending)
      response.write(`data: ${JSON.stringify({ topic, ids: [...ids] })}\n\n`)
    pending.clear()
  }

  function beat(): void {
    isStillAdmitted()
      .then((isAdmitted) => (isAdmitted ? response.write(': beat\n\n') : end()))
      .catch((error: unknown) => ctx.log.error({ error }, 'live beat failed'))
  }
}
