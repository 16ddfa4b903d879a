import type { Message } from '../../contract/index.ts'
import { dayKey } from '../platform/format/time.ts'

export type ThreadItem =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string; count: number }
  | { kind: 'message'; key: string; message: Message; isFirst: boolean }

/**
 * They come in the order of time, the newest first. The provider tells whole seconds: within one, they stand as they
 * arrived, which their ids tell.
 */
export function inOrderOfTime<Timed extends Pick<Message, 'at' | 'id'>>(messages: readonly Timed[]): Timed[] {
  const secondOf = ({ at }: Timed) => Math.floor(Date.parse(at) / 1000)
  return messages.toSorted((a, b) => secondOf(a) - secondOf(b) || (a.id < b.id ? -1 : 1))
}

/** The message before which the unread line stands: the n-th last of the customer's. */
export function firstUnread(messages: Message[], unreadCount: number): string | null {
  const inbound = messages.filter((message) => message.direction === 'in')
  return unreadCount > 0 ? (inbound.at(-unreadCount)?.id ?? inbound[0]?.id ?? null) : null
}

/** Messages in the order of time, with day separators and the unread line between; runs of one side are joined. */
export function threadItems(
  messages: Message[],
  unread: { firstId: string | null; count: number },
): ThreadItem[] {
  const items: ThreadItem[] = []
  let before: Message | null = null
  for (const message of messages) {
    const isNewDay = before === null || dayKey(before.at) !== dayKey(message.at)
    const isUnreadStart = message.id === unread.firstId
    if (isNewDay) items.push({ kind: 'day', key: `day-${message.id}`, at: message.at })
    if (isUnreadStart) items.push({ kind: 'unread', key: 'unread', count: unread.count })
    const isFirst = isNewDay || isUnreadStart || before?.direction !== message.direction
    items.push({ kind: 'message', key: message.id, message, isFirst })
    before = message
  }
  return items
}
