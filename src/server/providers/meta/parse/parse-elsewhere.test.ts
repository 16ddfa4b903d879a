import { describe, expect, test } from 'vitest'
import { bodyOf, customerPhone, customerUserId, entryOf, phoneNumberId } from '../../testing/sample-bodies.ts'
import { parseMetaWebhook } from './parse-webhook.ts'

const ours = '59829001234'
const metadata = { display_phone_number: '+598 2900 1234', phone_number_id: phoneNumberId }
const at = new Date(1_762_164_000_000)
const timestamp = '1762164000'

/** What a change of a field says; its metadata names our number. */
function told(field: string, value: object) {
  const { facts, problems } = parseMetaWebhook(bodyOf(entryOf(field, { metadata, ...value })))
  expect(problems).toEqual([])
  return facts
}

describe('the WhatsApp Business app beside us', () => {
  test('what we wrote there is an echo', () => {
    const echo = {
      from: ours,
      to: customerPhone,
      id: 'wamid.ECHO1',
      timestamp,
      type: 'text',
      text: { body: 'Your keys are ready.' },
    }
    expect(told('smb_message_echoes', { message_echoes: [echo] })).toEqual([
      {
        kind: 'echo',
        waba_id: '700100200300',
        phone_number_id: phoneNumberId,
        external_id: 'wamid.ECHO1',
        to_phone: customerPhone,
        to_user_id: null,
        at,
        type: 'text',
        content: { text: { body: 'Your keys are ready.' } },
        context_external_id: null,
      },
    ])
  })

  test('an echo to nobody is kept as it came', () => {
    const echo = { from: ours, id: 'wamid.ECHO2', timestamp, type: 'text', text: { body: 'x' } }
    expect(told('smb_message_echoes', { message_echoes: [echo, 7] })).toMatchObject([
      { kind: 'unknown', field: 'smb_message_echoes' },
      { kind: 'unknown', value: 7 },
    ])
  })

  test('chats from before come thread by thread, each message with its side and how far it had come', () => {
    const past = (id: string, from: string, status: string, more: object) => ({
      id,
      from,
      timestamp,
      history_context: { status },
      ...more,
    })
    const thread = {
      id: customerPhone,
      messages: [
        past('wamid.P1', ours, 'READ', { type: 'text', text: { body: 'Hello' } }),
        past('wamid.P2', ours, 'PLAYED', { type: 'media_placeholder' }),
        past('wamid.P3', customerPhone, 'READ', { type: 'text', text: { body: 'Thanks' } }),
      ],
    }
    const history = [{ metadata: { phase: 0, chunk_order: 1, progress: 55 }, threads: [thread] }]
    expect(told('history', { history })).toMatchObject([
      {
        kind: 'history',
        phone: customerPhone,
        messages: [
          { external_id: 'wamid.P1', direction: 'out', status: 'read', content: { text: { body: 'Hello' } } },
          { external_id: 'wamid.P2', direction: 'out', status: 'played', type: 'media_placeholder' },
          { external_id: 'wamid.P3', direction: 'in', status: 'read', at },
        ],
      },
    ])
  })

  test('a file of such a chat comes later, under the id of its placeholder', () => {
    const image = { id: '991', mime_type: 'image/jpeg', caption: 'The door' }
    const message = { from: customerPhone, id: 'wamid.P2', timestamp, type: 'image', image }
    expect(told('history', { messages: [message] })).toMatchObject([
      {
        kind: 'history',
        phone: customerPhone,
        messages: [{ external_id: 'wamid.P2', direction: 'in', type: 'image', content: { image } }],
      },
    ])
  })

  test('chats that the owner does not share are said so', () => {
    const errors = [{ code: 2593109, title: 'Off', error_data: { details: 'Sharing is turned off.' } }]
    expect(told('history', { history: [{ errors }] })).toMatchObject([
      { kind: 'account', field: 'history', change: 'DECLINED', value: { detail: 'Sharing is turned off.' } },
    ])
  })

  test('a file of a chat with somebody who shows no phone finds that chat', () => {
    const file = { id: 'wamid.L', timestamp, type: 'image', image: { id: '1' }, from_user_id: customerUserId }
    expect(told('history', { messages: [file] })).toMatchObject([
      { kind: 'history', phone: null, user_id: customerUserId, messages: [{ external_id: 'wamid.L' }] },
    ])
  })

  test('a phone in its address book stands there as somebody typed it', () => {
    const contact = {
      full_name: 'Ana',
      phone_number: `+${customerPhone.slice(0, 3)} ${customerPhone.slice(3)}`,
    }
    expect(
      told('smb_app_state_sync', { state_sync: [{ contact, action: 'add', metadata: { timestamp } }] }),
    ).toMatchObject([{ kind: 'address_book', phone: customerPhone }])
  })

  test('its address book tells names', () => {
    const entry = (action: string) => ({
      type: 'contact',
      contact: { full_name: 'Ana Pereira', first_name: 'Ana', phone_number: customerPhone },
      action,
      metadata: { timestamp },
    })
    expect(
      told('smb_app_state_sync', { state_sync: [entry('add'), entry('remove'), entry('wave')] }),
    ).toMatchObject([
      { kind: 'address_book', action: 'add', phone: customerPhone, name: 'Ana Pereira', at },
      { kind: 'address_book', action: 'remove', phone: customerPhone },
      { kind: 'unknown', field: 'smb_app_state_sync', type: 'wave' },
    ])
  })
})

describe('a call', () => {
  const contacts = [{ profile: { name: 'Ana Pereira' }, wa_id: customerPhone, user_id: customerUserId }]

  test('of a customer', () => {
    const call = {
      id: 'wacid.C1',
      from: customerPhone,
      to: ours,
      event: 'connect',
      timestamp,
      direction: 'USER_INITIATED',
      session: { sdp_type: 'offer', sdp: 'v=0' },
    }
    expect(told('calls', { contacts, calls: [call] })).toEqual([
      {
        kind: 'call',
        waba_id: '700100200300',
        phone_number_id: phoneNumberId,
        external_id: 'wacid.C1',
        at,
        ended_at: null,
        phone: customerPhone,
        user_id: customerUserId,
        username: null,
        profile_name: 'Ana Pereira',
        direction: 'in',
        event: 'connect',
        result: null,
        duration_seconds: null,
        error: null,
      },
    ])
  })

  test('of ours ends with its length, whichever side stands as from', () => {
    const call = (from: string, to: string) => ({
      id: 'wacid.C2',
      from,
      to,
      event: 'terminate',
      timestamp,
      direction: 'BUSINESS_INITIATED',
      status: 'COMPLETED',
      duration: 120,
    })
    for (const [from, to] of [
      [ours, customerPhone],
      [customerPhone, ours],
    ] as const) {
      expect(told('calls', { contacts, calls: [call(from, to)] })).toMatchObject([
        {
          direction: 'out',
          phone: customerPhone,
          event: 'terminate',
          result: 'COMPLETED',
          duration_seconds: 120,
          at: new Date(at.getTime() - 120_000),
          ended_at: at,
        },
      ])
    }
  })

  test('of a length that nobody can have talked begins at its end', () => {
    const call = {
      id: 'wacid.C4',
      from: customerPhone,
      to: ours,
      event: 'terminate',
      duration: 1e308,
      timestamp,
    }
    expect(told('calls', { contacts, calls: [call] })).toMatchObject([
      { duration_seconds: null, at, ended_at: at },
    ])
  })

  test('rings, and an odd one is kept', () => {
    const status = { id: 'wacid.C3', timestamp, type: 'call', recipient_id: customerPhone }
    expect(
      told('calls', {
        contacts,
        statuses: [
          { ...status, status: 'RINGING' },
          { ...status, status: 'HUMMING' },
        ],
      }),
    ).toMatchObject([
      { kind: 'call', external_id: 'wacid.C3', direction: 'out', event: 'ringing', phone: customerPhone },
      { kind: 'unknown', field: 'calls', type: 'HUMMING' },
    ])
  })
})
