import { expect, it } from 'vitest'
import { contactId, messageId, workspaceId } from '../../contract/index.ts'
import { buildMetaPayload } from './build-meta-payload.ts'
import type { ClaimedMessage } from './message.ts'

const zeros = '0'.repeat(32)
const message: ClaimedMessage = {
  workspace_id: workspaceId.parse(`wsp_${zeros}`),
  id: messageId.parse(`msg_${zeros}`),
  attempt: 1,
  epoch: 1,
  priority: 0,
  type: 'text',
  body: { body: 'Hello' },
  to_phone: null,
  to_user_id: null,
  template_external_id: null,
  context_external_id: null,
  contact_id: contactId.parse(`ctc_${zeros}`),
  list_id: null,
  deferrals: 0,
  skip_reason: null,
}
const group = 'Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD'

it.each([
  [
    'a phone, even where the user id is known',
    { to_phone: '598091234567', to_user_id: 'UY.1' },
    { recipient_type: 'individual', to: '598091234567' },
  ],
  [
    'a user id',
    { to_phone: null, to_user_id: 'US.13491208655302741918' },
    { recipient_type: 'individual', recipient: 'US.13491208655302741918' },
  ],
  [
    'a user id of a parent portfolio',
    { to_phone: null, to_user_id: 'US.ENT.11815799212886844830' },
    { recipient_type: 'individual', recipient: 'US.ENT.11815799212886844830' },
  ],
  ['a group', { to_phone: null, to_user_id: group }, { recipient_type: 'group', to: group }],
])('a message goes to %s', (_, to, expected) => {
  const payload = buildMetaPayload({ mac: () => 'mac-of-it-all' }, 'num_1', { ...message, ...to })
  const { type: _type, text: _text, biz_opaque_callback_data: _tag, ...recipient } = payload
  expect(recipient).toEqual(expected)
})
