import { setTimeout as delay } from 'node:timers/promises'
import type { Api } from '../../rig/api.ts'

const betweenMs = 100

export interface PageCalls {
  /** By call, of what was measured since the last time this was asked. */
  p95(): Record<string, number>
  stop(): Promise<void>
}

/** Makes the calls of the list page and of the hubs page, one after the other, as somebody who looks at them does. */
export function watchCalls(api: Api, { listId, hubId }: { listId: string; hubId: string }): PageCalls {
  const paths = {
    list: `/api/v1/lists/${listId}`,
    recipients: `/api/v1/lists/${listId}/recipients?limit=50`,
    failed: `/api/v1/lists/${listId}/recipients?limit=50&state=failed`,
    hub: `/api/v1/hubs/${hubId}`,
    lists: `/api/v1/hubs/${hubId}/lists`,
    conversations: '/api/v1/conversations?limit=50',
    lanes: '/api/v1/lanes',
  }
  const took = new Map<string, number[]>(Object.keys(paths).map((name) => [name, []]))
  const stopping = new AbortController()

  async function look(): Promise<void> {
    while (!stopping.signal.aborted) {
      for (const [name, path] of Object.entries(paths)) {
        const startedMs = performance.now()
        const { status } = await api.get(path)
        if (status !== 200) throw new Error(`GET ${path} answered ${status}.`)
        took.get(name)?.push(performance.now() - startedMs)
      }
      await delay(betweenMs)
    }
  }

  const looking = look()
  return {
    p95: () => {
      const found: Record<string, number> = {}
      for (const [name, times] of took) {
        const sorted = times.splice(0).sort((one, other) => one - other)
        found[name] = Math.round(sorted[Math.floor(sorted.length * 0.95)] ?? 0)
      }
      return found
    },
    stop: () => {
      stopping.abort()
      return looking
    },
  }
}
