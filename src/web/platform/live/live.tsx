import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from 'react'
import type { LiveChange, LiveTopic } from '../../../contract/index.ts'
import { readAnew } from '../api/read-anew.ts'
import { useApi } from '../api/use-api.ts'
import { createThrottle } from './throttle.ts'

type Listener = (change: LiveChange) => void
interface LiveFeed {
  listen(listener: Listener): () => void
  isConnected: boolean
}

const LiveContext = createContext<LiveFeed | null>(null)

/** Each query key is `api.key(topic, …)`: a change of the topic reads it anew. Threads choose by id themselves, since a running list changes thousands of messages. */
const topicsReadAnew: LiveTopic[] = [
  'conversation',
  'list',
  'template',
  'connector',
  'inbound_log',
  'delivery',
  'endpoint',
  'notice',
  'contact',
  'contact_import',
]
const everyMs = 700
const reopenAfterMs = 2_000

/** Holds one connection to `GET /live` for all pages of the workspace. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const api = useApi()
  const queries = useQueryClient()
  const [listeners] = useState(() => new Set<Listener>())
  const [isConnected, setConnected] = useState(true)

  useEffect(() => {
    const refresh = createThrottle<string>(everyMs, (topics) =>
      Promise.all([...topics].map((topic) => readAnew(queries, api.key(topic)))),
    )
    let source = connect()
    let missedSome = false
    let reopening: ReturnType<typeof setTimeout> | undefined

    function connect(): EventSource {
      const opened = new EventSource(api.url('/live'))
      opened.onopen = () => {
        setConnected(true)
        if (missedSome) void queries.invalidateQueries({ queryKey: api.key('').slice(0, 1) })
        missedSome = false
      }
      opened.onerror = () => {
        missedSome = true
        setConnected(false)
        // After an answer other than 200, as while the hub restarts, the browser gives up by itself.
        if (opened.readyState === EventSource.CLOSED) reopening = setTimeout(reopen, reopenAfterMs)
      }
      opened.onmessage = (event) => {
        const change: LiveChange = JSON.parse(event.data)
        for (const listener of listeners) listener(change)
        if (topicsReadAnew.includes(change.topic)) refresh.add(change.topic)
      }
      return opened
    }

    function reopen(): void {
      source = connect()
    }

    return () => {
      clearTimeout(reopening)
      source.close()
      refresh.stop()
    }
  }, [api, queries, listeners])

  const [listen] = useState(() => (listener: Listener) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  })
  return <LiveContext value={{ listen, isConnected }}>{children}</LiveContext>
}

/** Calls `onChange` with every change of the topic. Queries keyed `api.key(topic, …)` are read anew without it. */
export function useLive(topic: LiveTopic, onChange: (ids: string[]) => void): void {
  const live = useContext(LiveContext)
  const tell = useEffectEvent(onChange)
  useEffect(
    () => live?.listen((change) => (change.topic === topic ? tell(change.ids) : undefined)),
    [live, topic],
  )
}

/** False while the connection to the hub is broken: what stands on the page may be old. */
export function useIsConnected(): boolean {
  return useContext(LiveContext)?.isConnected ?? true
}
