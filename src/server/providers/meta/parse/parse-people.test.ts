import { describe, expect, test } from 'vitest'
import {
  bodyOf,
  customerPhone,
  customerUserId,
  messageBody,
  messagesEntry,
} from '../../testing/sample-bodies.ts'
import { parseMetaWebhook } from './parse-webhook.ts'

function factsOf(body: Buffer) {
  const { facts, problems } = parseMetaWebhook(body)
  expect(problems).toEqual([])
  return facts
}

describe('who wrote', () => {
  test('somebody with a username shows a user id and no phone', () => {
    const message = {
      id: 'wamid.B',
      from_user_id: customerUserId,
      timestamp: '1762164000',
      type: 'text',
      text: { body: 'Hi' },
    }
    const contact = { wa_id: undefined, profile: { name: 'Ana', username: '@ana.p' } }
    const [fact] = factsOf(bodyOf(messagesEntry({ messages: [message] }, contact)))
    expect(fact).toMatchObject({
      kind: 'message',
      from_phone: null,
      from_user_id: customerUserId,
      username: 'ana.p',
      profile_name: 'Ana',
    })
  })

  test('an empty phone is none', () => {
    const [fact] = factsOf(
      messageBody({ from: '', from_user_id: 'UY.1', type: 'text', text: { body: 'Hi' } }),
    )
    expect(fact).toMatchObject({ from_phone: null, from_user_id: 'UY.1', profile_name: null })
  })

  test('in a batch each message has the name of its own writer', () => {
    const text = (from: string, id: string) => ({
      from,
      id,
      timestamp: '1762164000',
      type: 'text',
      text: { body: id },
    })
    const body = bodyOf(
      messagesEntry({
        contacts: [
          { wa_id: '59899000001', profile: { name: 'One' } },
          { wa_id: '59899000002', profile: { name: 'Two' } },
        ],
        messages: [
          text('59899000002', 'wamid.2'),
          text('59899000001', 'wamid.1'),
          text('59899000003', 'wamid.3'),
        ],
      }),
    )
    expect(factsOf(body)).toMatchObject([
      { profile_name: 'Two' },
      { profile_name: 'One' },
      { profile_name: null },
    ])
  })
})

test('a message that names nobody is of the only person of its webhook, and of nobody among several', () => {
  const message = { id: 'wamid.N', timestamp: '1762164000', type: 'text', text: { body: 'Hi' } }
  const [fact] = factsOf(bodyOf(messagesEntry({ messages: [message] })))
  expect(fact).toMatchObject({ kind: 'message', from_phone: customerPhone })
  const contacts = [{ wa_id: customerPhone }, { wa_id: '59899000003' }]
  const [other] = factsOf(bodyOf(messagesEntry({ messages: [message], contacts }, null)))
  expect(other).toMatchObject({ kind: 'message', from_phone: null, from_user_id: null })
})

describe('a reaction', () => {
  test('names its message and emoji', () => {
    const [fact] = factsOf(
      messageBody({ type: 'reaction', reaction: { message_id: 'wamid.OUT1', emoji: '👍🏽' } }),
    )
    expect(fact).toMatchObject({
      kind: 'reaction',
      external_id: 'wamid.IN1',
      target_external_id: 'wamid.OUT1',
      emoji: '👍🏽',
      from_phone: customerPhone,
    })
  })

  test('taken back it has no emoji', () => {
    const [fact] = factsOf(messageBody({ type: 'reaction', reaction: { message_id: 'wamid.OUT1' } }))
    expect(fact).toMatchObject({ kind: 'reaction', emoji: '' })
  })

  test('to nothing it is kept as a message', () => {
    expect(factsOf(messageBody({ type: 'reaction', reaction: {} }))).toMatchObject([
      { kind: 'message', type: 'reaction' },
    ])
  })
})

describe('a system message', () => {
  test('a changed number is shown, changes the contact, and opens no window', () => {
    const system = { type: 'user_changed_number', body: 'Ana changed', wa_id: '59899777888' }
    expect(factsOf(messageBody({ type: 'system', system }))).toMatchObject([
      { kind: 'message', type: 'system', content: { system }, opens_window: false },
      {
        kind: 'contact_change',
        old_phone: customerPhone,
        new_phone: '59899777888',
        external_id: 'wamid.IN1',
      },
    ])
  })

  test('a changed user id changes the contact', () => {
    const system = { type: 'user_changed_user_id', user_id: 'UY.2', body: 'x' }
    const facts = factsOf(messageBody({ from: undefined, from_user_id: 'UY.1', type: 'system', system }))
    expect(facts[1]).toMatchObject({
      kind: 'contact_change',
      old_user_id: 'UY.1',
      new_user_id: 'UY.2',
      new_phone: null,
    })
  })

  test('any other is only shown', () => {
    const facts = factsOf(messageBody({ type: 'system', system: { type: 'customer_identity_changed' } }))
    expect(facts.map(({ kind }) => kind)).toEqual(['message'])
  })
})
