import { metaChange, type Shop, text } from './open-shop.ts'

/** Seconds of the day; its people write at its beginning, accounts change after that. */
const from = 1_749_416_000
const ours = '59891234567'
const [ana, cora, coraLater, eva] = ['59899000010', '59899000021', '59899000022', '59899000023']

type Told = Pick<Shop, 'wabaId' | 'phoneNumberId' | 'numberId'>

function bodyOf({ wabaId }: Told, changes: object[], time?: number): string {
  const entry = { id: wabaId, ...(time === undefined ? {} : { time }), changes }
  return JSON.stringify({ object: 'whatsapp_business_account', entry: [entry] })
}

function ofNumber(shop: Told, field: string, value: Record<string, unknown>): string {
  return bodyOf(shop, [{ ...metaChange(shop, value), field }])
}

const person = (name: string, wa_id: string | null, user_id: string) => ({
  contacts: [{ profile: { name }, ...(wa_id === null ? {} : { wa_id }), user_id }],
})
const at = (n: number) => String(from + n)

/** People who get other names, phones and user ids, and say what they want no more. */
export function newsOfPeople(shop: Told): string[] {
  const messages = (value: Record<string, unknown>) => ofNumber(shop, 'messages', value)
  const system = { body: 'changed', type: 'user_changed_number', wa_id: coraLater }
  const preference = (value: string, n: number) =>
    ofNumber(shop, 'user_preferences', {
      user_preferences: [{ wa_id: ana, category: 'marketing_messages', value, timestamp: from + n }],
    })
  const newId = (previous: string, current: string, n: number, more: object = {}) =>
    ofNumber(shop, 'user_id_update', {
      user_id_update: [{ user_id: { previous, current }, timestamp: at(n), ...more }],
    })
  const named = (name: string, n: number) => ({
    type: 'contact',
    contact: { full_name: name, phone_number: ana },
    action: 'add',
    metadata: { timestamp: at(n) },
  })
  const { from: _, ...nameless } = text('wamid.c2', 'by user id', '', from + 72)
  return [
    messages({ messages: [text('wamid.c1', 'by phone', cora, from + 71)] }),
    messages({ ...person('Cora', null, 'UY.C1'), messages: [{ ...nameless, from_user_id: 'UY.C1' }] }),
    messages({ ...person('Cora B', cora, 'UY.C1'), messages: [text('wamid.c3', 'both', cora, from + 200)] }),
    messages({
      messages: [{ from: cora, id: 'wamid.c4', timestamp: at(300), type: 'system', system }],
    }),
    newId('UY.C1', 'UY.C2', 301, { wa_id: coraLater }),
    messages({
      ...person('Cora C', coraLater, 'UY.C2'),
      messages: [text('wamid.c5', 'moved', coraLater, from + 400)],
    }),
    newId('UY.D1', 'UY.D2', 90),
    newId('UY.D2', 'UY.D3', 95),
    messages({
      ...person('Dario', null, 'UY.D1'),
      messages: [{ ...nameless, id: 'wamid.d1', timestamp: at(80), from_user_id: 'UY.D1' }],
    }),
    ...[preference('stop', 30), preference('resume', 31), preference('stop', 32)],
    ofNumber(shop, 'smb_app_state_sync', { state_sync: [named('Ana P.', 2)] }),
    ofNumber(shop, 'smb_app_state_sync', { state_sync: [named('Ana Pereira', 8)] }),
  ]
}

/** What is said of other messages, in groups, on the phone, in calls, and long before. */
export function saidElsewhere(shop: Told): string[] {
  const id = (name: string) => `${name}.${shop.numberId}`
  const messages = (...items: object[]) => ofNumber(shop, 'messages', { messages: items })
  const edit = (n: number, body: string) => ({
    ...{ from: ana, id: id(`wamid.edit.${n}`), timestamp: at(n), type: 'edit' },
    edit: { original_message_id: 'wamid.1', message: { type: 'text', text: { body } } },
  })
  const call = (name: string, event: string, n: number, more: object) =>
    ofNumber(shop, 'calls', {
      calls: [{ id: id(name), from: ana, to: ours, event, timestamp: at(n), ...more }],
    })
  const echo = (n: number) =>
    ofNumber(shop, 'smb_message_echoes', {
      message_echoes: [{ ...text(id(`wamid.echo.${n}`), 'From the phone', ours, from + n), to: ana }],
    })
  const past = (name: string, who: string, n: number) => ({
    ...text(id(name), name, who, from + n),
    history_context: { status: 'READ' },
  })
  const history = (phone: string, ...items: object[]) =>
    ofNumber(shop, 'history', {
      history: [{ metadata: { phase: 1 }, threads: [{ id: phone, messages: items }] }],
    })
  const purchase = (ofMessage: string, n: number) =>
    ofNumber(shop, 'automatic_events', {
      automatic_events: [
        {
          id: ofMessage,
          event_name: 'Purchase',
          timestamp: from + n,
          custom_data: { currency: 'USD', value: 9 },
        },
      ],
    })
  const revoke = { original_message_id: 'wamid.2' }
  return [
    messages(edit(45, 'one and a half')),
    messages(edit(46, 'one and three quarters')),
    messages({ from: ana, id: id('wamid.revoke'), timestamp: at(47), type: 'revoke', revoke }),
    messages({ ...text(id('wamid.group'), 'All of you', ana, from + 48), group_id: id('GROUP') }),
    call('wacid.in', 'connect', 50, { direction: 'USER_INITIATED' }),
    call('wacid.in', 'terminate', 52, { direction: 'USER_INITIATED', status: 'COMPLETED', duration: 120 }),
    call('wacid.out', 'connect', 60, { direction: 'BUSINESS_INITIATED', from: ours, to: ana }),
    echo(55),
    messages(text(id('wamid.after'), 'Still there?', ana, from + 57)),
    purchase(id('wamid.after'), 61),
    purchase(`wamid.out.1.${shop.numberId}`, 62),
    history(ana, past('past.1', ours, -900_000), past('past.2', ana, -899_000)),
    history(eva, past('past.3', eva, -800_000)),
    ofNumber(shop, 'smb_message_echoes', {
      message_echoes: [{ ...text(id('wamid.echo.eva'), 'Hi Eva', ours, from + 58), to: eva }],
    }),
    messages({ from: eva, id: id('wamid.system'), timestamp: at(59), type: 'system', system: { body: 'x' } }),
  ]
}

/** The account, its number and its template: each changes more than once. */
export function newsOfAccount(shop: Told): string[] {
  const told = (field: string, n: number, value: object) => bodyOf(shop, [{ field, value }], from + 1_000 + n)
  const account = (n: number, event: string, more: object = {}) =>
    told('account_update', n, { event, ...more })
  const ban = (n: number, waba_ban_state: string) =>
    account(n, 'DISABLED_UPDATE', { ban_info: { waba_ban_state, waba_ban_date: 'June 9, 2025' } })
  const restriction_info = (expiration: number) => [
    { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration },
  ]
  const number = { display_phone_number: ours }
  const template = (field: string, n: number, value: object) =>
    told(field, n, {
      ...{ message_template_id: 778, message_template_name: 'order_update', message_template_language: 'en' },
      ...value,
    })
  const quality = (n: number, previous_quality_score: string, new_quality_score: string) =>
    template('message_template_quality_update', n, { previous_quality_score, new_quality_score })
  const name = (n: number, requested_verified_name: string, decision: string) =>
    told('phone_number_name_update', n, { ...number, requested_verified_name, decision })
  const limit = (n: number, event: string, current_limit: string) =>
    told('phone_number_quality_update', n, { ...number, event, current_limit })
  const flow = (n: number, alert_state: string) =>
    told('flows', n, { event: 'ENDPOINT_ERROR_RATE', flow_id: '77', message: 'Errors', alert_state })
  return [
    account(1, 'ACCOUNT_RESTRICTION', { restriction_info: restriction_info(from + 5_000) }),
    account(2, 'ACCOUNT_RESTRICTION', { restriction_info: restriction_info(4_000_000_000) }),
    account(3, 'ACCOUNT_VIOLATION', { violation_info: { violation_type: 'GAMBLING' } }),
    ...[ban(4, 'SCHEDULE_FOR_DISABLE'), ban(5, 'DISABLE'), ban(6, 'REINSTATE'), ban(7, 'DISABLE')],
    told('account_review_update', 8, { decision: 'REJECTED' }),
    told('account_review_update', 9, { decision: 'APPROVED' }),
    told('business_capability_update', 10, { max_daily_conversations_per_business: 10_000 }),
    told('business_capability_update', 11, { max_daily_conversations_per_business: 2_000 }),
    limit(12, 'UPGRADE', 'TIER_10K'),
    limit(13, 'DOWNGRADE', 'TIER_2K'),
    limit(14, 'THROUGHPUT_UPGRADE', 'TIER_2K'),
    ...[name(15, 'Corner', 'APPROVED'), name(16, 'Corner Store', 'APPROVED'), name(17, 'X', 'REJECTED')],
    told('security', 18, { ...number, event: 'PIN_CHANGED', requester: '6' }),
    ...[flow(19, 'ACTIVATED'), flow(20, 'DEACTIVATED'), flow(21, 'ACTIVATED')],
    ...[quality(22, 'GREEN', 'YELLOW'), quality(23, 'YELLOW', 'RED')],
    template('template_category_update', 24, {
      new_category: 'UTILITY',
      correct_category: 'MARKETING',
      category_update_timestamp: from + 90_000,
    }),
    template('template_category_update', 25, { previous_category: 'UTILITY', new_category: 'MARKETING' }),
    account(26, 'PARTNER_REMOVED', { waba_info: { waba_id: shop.wabaId } }),
    account(27, 'PARTNER_ADDED', { waba_info: { waba_id: shop.wabaId } }),
  ]
}
