import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../rig/api.ts'
import { openShop, type Shop } from '../../rig/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

interface Conversation {
  id: string
  contact: { user_id: string | null; is_group: boolean; name: string | null }
}
interface Line {
  direction: 'in' | 'out'
  type: string
  status: string
  content: { text?: { body: string }; sender?: { phone: string | null; name: string | null } }
}

it('a group writes, an agent answers into the group, and its statuses are shown', async () => {
  const { body: group } = await shop.control.send<{ id: string }>('POST', '/_control/groups', {
    ...{ phone_number_id: shop.phoneNumberId, subject: 'Garden club' },
    participants: ['59891778001', '59891778002'],
  })
  const words = { type: 'text', text: 'What does everyone think?', name: 'Ana' }
  await shop.control.send('POST', `/_control/groups/${group.id}/participants/59891778001/messages`, words)
  const conversation = await eventually(async () => {
    const { body } = await shop.api.get<{ data: Conversation[] }>('/api/v1/conversations')
    const found = body.data.find(({ contact }) => contact.is_group)
    expect(found?.contact).toMatchObject({ user_id: group.id, name: 'Garden club' })
    if (found === undefined) throw new Error('The group has no conversation yet.')
    return found
  })
  const thread = async () => {
    const { body } = await shop.api.get<{ data: Line[] }>(`/api/v1/conversations/${conversation.id}/messages`)
    return body.data
  }
  await eventually(async () =>
    expect((await thread()).find(({ type }) => type === 'text')).toMatchObject({
      direction: 'in',
      content: { text: { body: words.text }, sender: { phone: '59891778001', name: 'Ana' } },
    }),
  )

  const reply = { type: 'text', text: { body: 'Tomatoes.' } }
  const sent = await shop.api.send('POST', `/api/v1/conversations/${conversation.id}/messages`, reply)
  expect(sent.status).toBe(201)
  const inGroup = await eventually(async () => {
    const { body } = await shop.control.get<{ messages: { from: string | null; message: object }[] }>(
      `/_control/groups/${group.id}`,
    )
    const ours = body.messages.filter(({ from }) => from === null)
    expect(ours).toHaveLength(1)
    return ours
  })
  expect(inGroup[0]?.message).toMatchObject({
    recipient_type: 'group',
    to: group.id,
    text: { body: 'Tomatoes.' },
  })
  await eventually(async () =>
    expect((await thread()).find(({ direction }) => direction === 'out')).toMatchObject({ status: 'read' }),
  )
})
