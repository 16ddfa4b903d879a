import { expect, test } from 'vitest'
import { contactId, type Message, messageId, numberId } from '../../contract/index.ts'
import { firstUnread, inOrderOfTime, threadItems } from './thread-items.ts'

const messages = [
  message(1, 'in', '2026-05-06T10:00:00Z'),
  message(2, 'in', '2026-05-06T10:01:00Z'),
  message(3, 'out', '2026-05-08T10:00:00Z'),
  message(4, 'in', '2026-05-08T10:01:00Z'),
  message(5, 'in', '2026-05-08T10:02:00Z'),
]

test('a day separator stands before the first message of each day', () => {
  const kinds = threadItems(messages, { firstId: null, count: 0 }).map((item) => item.kind)
  expect(kinds).toEqual(['day', 'message', 'message', 'day', 'message', 'message', 'message'])
})

test('what is heard late stands in its place, and within a second the order of arrival stays', () => {
  const late = message(3, 'in', '2026-05-06T09:59:58.000Z')
  const ours = message(1, 'out', '2026-05-06T10:00:00.900Z')
  const answer = message(2, 'in', '2026-05-06T10:00:00.000Z')
  expect(inOrderOfTime([ours, answer, late])).toEqual([late, ours, answer])
})

test('only the first of a run points to its author', () => {
  const firsts = threadItems(messages, { firstId: null, count: 0 }).flatMap((item) =>
    item.kind === 'message' ? [item.isFirst] : [],
  )
  expect(firsts).toEqual([true, false, true, true, false])
})

test('the unread line stands before what was not read, and starts a new run', () => {
  const firstId = firstUnread(messages, 1)
  const items = threadItems(messages, { firstId, count: 1 })
  expect(items.at(-2)).toMatchObject({ kind: 'unread', count: 1 })
  expect(items.at(-1)).toMatchObject({ kind: 'message', isFirst: true })
})

test('more unread than loaded puts the line at the top, and none shows no line', () => {
  expect(firstUnread(messages, 99)).toBe(messages[0]?.id)
  expect(firstUnread(messages, 0)).toBeNull()
})

function message(n: number, direction: 'in' | 'out', at: string): Message {
  const hex = String(n).padStart(32, '0')
  return {
    id: messageId.parse(`msg_${hex}`),
    direction,
    origin: direction === 'in' ? 'customer' : 'agent',
    number_id: numberId.parse(`num_${hex}`),
    contact_id: contactId.parse(`ctc_${hex}`),
    type: 'text',
    content: { text: { body: 'Hello' } },
    preview: 'Hello',
    status: direction === 'in' ? 'received' : 'sent',
    statuses: [],
    external_message_id: null,
    quoted: null,
    reactions: [],
    template_id: null,
    list_id: null,
    sent_by: null,
    error: null,
    edited_at: null,
    deleted_at: null,
    at,
  }
}
