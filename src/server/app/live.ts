import type { ServerResponse } from 'node:http'
import type { WorkspaceId } from '../../contract/index.ts'
import {
  actorOf,
  type Ctx,
  everything,
  type HttpApp,
  type LiveChange,
  ParleyError,
} from '../platform/index.ts'
import type { Authentication } from './authenticate.ts'

const beatEveryMs = 15_000
const mergeMs = 40
/** A reader this far behind is cut off: the browser connects again and reads its pages anew. */
const unsentBytesMax = 256 * 1024
const unsentIdsMax = 10_000

/** `GET /live`: what changed in the workspace, as server-sent events of `{topic, ids}`. */
export function registerLiveRoute(app: HttpApp, ctx: Ctx, authentication: Authentication): void {
  const streams = new Set<ServerResponse>()
  // The server waits for answers that are under way, and these would never end by themselves.
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.end()
  })
  app.get(
    '/live',
    {
      config: { access: { role: 'agent', scope: 'read' }, answersWith: ['text/event-stream'] },
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
        const actor = await authentication.readActor(request).catch(nullWhenRefused)
        return actor?.workspaceId === workspaceId
      }
      reply.hijack()
      streams.add(reply.raw)
      reply.raw.once('close', () => streams.delete(reply.raw))
      streamChanges(ctx, { workspaceId, response: reply.raw, isStillAdmitted })
    },
  )
}

/** A database that is away for a moment ends no stream: only a refusal does. */
function nullWhenRefused(error: unknown): null {
  if (error instanceof ParleyError) return null
  throw error
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

  beginStream(response)
  const unsubscribe = ctx.live.subscribe(workspaceId, hear)
  const beating = setInterval(beat, beatEveryMs)
  const end = () => response.end()
  response.once('close', () => {
    unsubscribe()
    clearInterval(beating)
    if (flushing) clearTimeout(flushing)
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

function beginStream(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // A proxy in front must pass each event on at once.
    'x-accel-buffering': 'no',
  })
  response.write('retry: 1000\n\n')
}
