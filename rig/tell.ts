import { createHmac } from 'node:crypto'
import type { Shop } from './shop.ts'

/** Tells the hub what Meta would: one change of a field about the shop's account and number, rightly signed. */
export async function tell(
  { account, connector, phoneNumberId }: Shop,
  field: string,
  value: object,
): Promise<void> {
  const [number] = account.numbers
  const metadata = { display_phone_number: number?.phone, phone_number_id: phoneNumberId }
  const isOfMessages = /^(messages|calls|history|smb_|user_|group_)/.test(field)
  const whole = isOfMessages ? { messaging_product: 'whatsapp', metadata, ...value } : value
  const entry = {
    id: account.waba_id,
    time: Math.floor(Date.now() / 1_000),
    changes: [{ field, value: whole }],
  }
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [entry] })
  const signature = createHmac('sha256', account.app_secret).update(body).digest('hex')
  const answer = await fetch(connector.webhook_url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body,
  })
  if (!answer.ok) throw new Error(`The hub answered ${answer.status} to a webhook.`)
}

/** Everything that an account, a template and a person may have against them, and every odd kind of message. */
export async function tellTrouble(
  shop: Shop,
  template: { name: string; external_id: string },
): Promise<void> {
  const now = Math.floor(Date.now() / 1_000)
  const phone = shop.account.numbers[0]?.phone ?? ''
  const named = {
    message_template_id: template.external_id,
    message_template_name: template.name,
    message_template_language: 'en_US',
  }
  await tell(shop, 'account_update', {
    event: 'ACCOUNT_RESTRICTION',
    restriction_info: [
      { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: now + 3 * 86_400 },
      { restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expiration: now + 5 * 86_400 },
    ],
  })
  await tell(shop, 'account_update', {
    event: 'ACCOUNT_VIOLATION',
    violation_info: { violation_type: 'SPAM' },
  })
  await tell(shop, 'phone_number_name_update', {
    display_phone_number: phone,
    decision: 'REJECTED',
    requested_verified_name: 'Best Shop Ever',
    rejection_reason: 'NAME_FORMAT_UNACCEPTABLE',
  })
  await tell(shop, 'security', { display_phone_number: phone, event: 'PIN_RESET_REQUEST', requester: '61' })
  await tell(shop, 'template_category_update', {
    ...named,
    new_category: 'UTILITY',
    correct_category: 'MARKETING',
    category_update_timestamp: now + 86_400,
  })
  await tell(shop, 'message_template_quality_update', {
    ...named,
    previous_quality_score: 'GREEN',
    new_quality_score: 'RED',
  })
  await tellPeople(shop, now, phone)
}

async function tellPeople(shop: Shop, now: number, phone: string): Promise<void> {
  const customer = '59891555001'
  const contacts = [{ profile: { name: 'Marta Silva' }, wa_id: customer }]
  const from = (id: string, ago: number, more: object) => ({
    from: customer,
    id: `wamid.odd.${id}`,
    timestamp: String(now - ago),
    ...more,
  })
  const text = (body: string) => ({ type: 'text', text: { body } })
  const call = { id: 'wacid.odd', from: customer, to: phone, direction: 'USER_INITIATED' }
  const messages = [
    from('first', 500, text('Two keys for the front door, please')),
    from('second', 490, text('And a secret')),
    from('edit', 400, {
      type: 'edit',
      edit: {
        original_message_id: 'wamid.odd.first',
        message: { type: 'text', text: { body: 'Three keys for the front door, please' } },
      },
    }),
    from('revoke', 390, { type: 'revoke', revoke: { original_message_id: 'wamid.odd.second' } }),
    from('group', 380, { ...text('When do you open?'), group_id: 'Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAz' }),
  ]
  await tell(shop, 'messages', { contacts, messages })
  const ended = { status: 'COMPLETED', duration: 125, event: 'terminate', timestamp: String(now - 100) }
  await tell(shop, 'calls', {
    contacts,
    calls: [{ ...call, event: 'connect', timestamp: String(now - 225) }],
  })
  await tell(shop, 'calls', { contacts, calls: [{ ...call, ...ended }] })
  const echo = { from: phone, to: customer, id: 'wamid.odd.echo', timestamp: String(now - 60) }
  await tell(shop, 'smb_message_echoes', {
    message_echoes: [{ ...echo, ...text('I have just called you from the shop.') }],
  })
  await tell(shop, 'user_preferences', {
    contacts: [{ wa_id: customer }],
    user_preferences: [
      { wa_id: customer, category: 'marketing_messages', value: 'stop', timestamp: now - 50 },
    ],
  })
}
