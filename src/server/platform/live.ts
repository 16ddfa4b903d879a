import pg from 'pg'
import { z } from 'zod'
import type { Clock, Live, LiveChange } from './context.ts'
import { clientConfig, type DatabaseTarget } from './db/connect.ts'
import { everything, PendingChanges } from './live-changes.ts'
import type { Logger } from './log.ts'

const channel = 'parley_live'
/** 20 notifications a second: a commit that notifies takes a lock of the whole cluster. */
const notifyEveryMs = 50
const reconnectAfterMs = 500

type Listener = (change: LiveChange) => void

export interface RunningLive extends Live {
  /** Resolves when notifications of other processes arrive; subscribing connects by itself. */
  connect(): Promise<void>
  stop(): Promise<void>
}

/**
 * One connection of its own listens and notifies. While it is down, changes of this process still reach its own
 * subscribers; when it is back, each subscriber hears `{topic: '*', id: '*'}`: something may have been missed.
 */
export function createLive({
  target,
  clock,
  log,
}: {
  target: DatabaseTarget
  clock: Clock
  log: Logger
}): RunningLive {
  const listeners = new Map<string, Set<Listener>>()
  const pending = new PendingChanges()
  const stopping = new AbortController()
  let connection: Promise<void> | null = null
  let client: pg.Client | null = null
  let flushing: Promise<void> | null = null

  function changed(workspaceId: string, change: LiveChange): void {
    if (stopping.signal.aborted) return
    pending.add(workspaceId, change)
    connect().catch(() => undefined)
    flushing ??= flushUntilEmpty().finally(() => {
      flushing = null
    })
  }

  function subscribe(workspaceId: string, listener: Listener): () => void {
    const ofWorkspace = listeners.get(workspaceId) ?? new Set<Listener>()
    listeners.set(workspaceId, ofWorkspace)
    ofWorkspace.add(listener)
    connect().catch(() => undefined)
    return () => {
      ofWorkspace.delete(listener)
      if (ofWorkspace.size === 0 && listeners.get(workspaceId) === ofWorkspace) listeners.delete(workspaceId)
    }
  }

  /** The first change goes at once, later ones wait for their turn. */
  async function flushUntilEmpty(): Promise<void> {
    await connection?.catch(() => undefined)
    while (!pending.isEmpty) {
      const payloads = pending.takePayloads()
      const hasGone = await notify(payloads)
      if (!hasGone) for (const payload of payloads) dispatch(payload)
      await clock.sleep(notifyEveryMs, stopping.signal)
    }
  }

  async function notify(payloads: string[]): Promise<boolean> {
    if (!client) return false
    try {
      await client.query('select pg_notify($1, payload) from unnest($2::text[]) payload', [channel, payloads])
      return true
    } catch (error) {
      log.warn({ error }, 'live notification failed')
      return false
    }
  }

  function connect(): Promise<void> {
    connection ??= openConnection()
    return connection
  }

  async function openConnection(): Promise<void> {
    const opening = new pg.Client(clientConfig(target, 'live', 'parley_worker'))
    opening.on('error', () => undefined)
    opening.once('end', () => lostConnection(opening))
    opening.on('notification', ({ payload }) => dispatch(payload ?? '[]'))
    try {
      await opening.connect()
      await opening.query(`listen ${channel}`)
      client = opening
    } catch (error) {
      lostConnection(opening)
      throw error
    }
  }

  function lostConnection(lost: pg.Client): void {
    if (client === lost) client = null
    if (stopping.signal.aborted || connection === null) return
    connection = null
    reconnect().catch((error: unknown) => log.error({ error }, 'live reconnect ended'))
  }

  async function reconnect(): Promise<void> {
    await clock.sleep(reconnectAfterMs, stopping.signal)
    if (stopping.signal.aborted || connection !== null) return
    try {
      await connect()
    } catch {
      return
    }
    for (const ofWorkspace of listeners.values()) tell(ofWorkspace, { topic: everything, id: everything })
  }

  function dispatch(payload: string): void {
    for (const [workspaceId, topic, ids] of payloadSchema.parse(JSON.parse(payload))) {
      const ofWorkspace = listeners.get(workspaceId)
      if (ofWorkspace) for (const id of ids) tell(ofWorkspace, { topic, id })
    }
  }

  function tell(ofWorkspace: Set<Listener>, change: LiveChange): void {
    for (const listener of ofWorkspace) {
      try {
        listener(change)
      } catch (error) {
        log.error({ error, topic: change.topic }, 'live listener failed')
      }
    }
  }

  return {
    changed,
    subscribe,
    connect,
    stop: async () => {
      stopping.abort()
      listeners.clear()
      await flushing
      await connection?.catch(() => undefined)
      await client?.end()
    },
  }
}

const payloadSchema = z.array(z.tuple([z.string(), z.string(), z.array(z.string())]))
