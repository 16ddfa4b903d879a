import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Conversation, MessageStatus } from '../../contract/index.ts'
import { readAnew } from '../platform/api/read-anew.ts'
import { useApi } from '../platform/api/use-api.ts'
import { useLive } from '../platform/live/live.tsx'
import { createThrottle } from '../platform/live/throttle.ts'

const moving: readonly MessageStatus[] = ['queued', 'sending', 'accepted', 'sent', 'delivered']
/** A list that is sent changes messages all the time; the ticks of a preview may lag so much behind. */
const everyMs = 2_000

/** Keeps the ticks in the list up to date while a reply that it shows is on its way. */
export function useMovingPreviews(conversations: readonly Conversation[]): void {
  const api = useApi()
  const queries = useQueryClient()
  const [throttle] = useState(() =>
    createThrottle<string>(everyMs, () => readAnew(queries, api.key('conversation', 'pages'))),
  )
  useEffect(() => throttle.stop, [throttle])
  useLive('message', () => {
    const isMoving = conversations.some(
      ({ last_message: last }) => last?.direction === 'out' && moving.includes(last.status),
    )
    if (isMoving) throttle.add('previews')
  })
}
