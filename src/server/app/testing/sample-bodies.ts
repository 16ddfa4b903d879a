/** A valid body for each route that takes one, with the ids given wherever the body has room for one. */
export function sampleBodies(ids: Record<string, string>): Record<string, unknown> {
  const schedule = { mon: [['09:00', '18:00']] }
  return {
    'POST /api/v1/workspaces': { name: 'Second', slug: 'second' },
    'PATCH /api/v1/workspace': { name: 'Renamed' },
    'POST /api/v1/session/workspace': { slug: 'elsewhere' },
    'PATCH /api/v1/members/{id}': { role: 'agent' },
    'POST /api/v1/members': { email: 'new@example.com', role: 'agent' },
    'POST /api/v1/invitations': { email: 'new@example.com', role: 'agent' },
    'POST /api/v1/api-keys': { name: 'shop' },
    'POST /api/v1/connectors': { provider: 'sandbox', name: 'Sandbox' },
    'PATCH /api/v1/numbers/{id}': { pace_override_per_second: 10 },
    'POST /api/v1/templates': {
      connector_id: ids.con,
      name: 'order_ready',
      language: 'en_US',
      category: 'UTILITY',
      components: [{ type: 'BODY', text: 'Your order is ready.' }],
    },
    'PATCH /api/v1/templates/{id}': { category: 'UTILITY' },
    'POST /api/v1/contacts': { phone: '598091234567' },
    'PATCH /api/v1/contacts/{id}': { name: 'Ana' },
    'POST /api/v1/contacts/{id}/opt-out': { scope: 'all', reason: 'Asked by phone' },
    'POST /api/v1/contacts/{id}/opt-in': { scope: 'all', reason: 'Asked by phone' },
    'PUT /api/v1/consent-settings': {
      stop_words: ['stop'],
      start_words: ['start'],
      stop_confirmation: 'You will hear no more from us.',
      start_confirmation: null,
    },
    'POST /api/v1/contacts/imports': fileForm(),
    'PUT /api/v1/contacts/imports/{id}/match': { phone: 'phone' },
    'POST /api/v1/messages': {
      number_id: ids.num,
      to: '598091234567',
      type: 'text',
      text: { body: 'Hello' },
    },
    // Its messages are judged one by one: send-batch.db.test.ts shows that it takes no foreign number.
    'POST /api/v1/messages/batch': { messages: [] },
    // Ids of elsewhere settle nothing instead of being refused: unsettled.db.test.ts shows it.
    'POST /api/v1/messages/settle': { decision: 'not_sent', all: { until: '2026-01-01T00:00:00Z' } },
    'PATCH /api/v1/lists/{id}': { auto_resume: true },
    'POST /api/v1/campaigns': {
      name: 'Orders',
      number_id: ids.num,
      time_zone: 'UTC',
      schedule,
      template_ids: [ids.tpl],
    },
    'PATCH /api/v1/campaigns/{id}': { name: 'Orders' },
    'POST /api/v1/hubs': { name: 'Orders', campaign_id: ids.cmp, channel: 'whatsapp', template_id: ids.tpl },
    'PATCH /api/v1/hubs/{id}': { enabled: false },
    'POST /api/v1/hubs/{id}/lists': fileForm(),
    'PUT /api/v1/lists/{id}/match': { phone: 'phone', variables: {} },
    'POST /api/v1/lists/{id}/test-send': { to: '598091234567' },
    'PATCH /api/v1/lists/{id}/recipients/{recipient_id}': { phone: '598091234567' },
    'PATCH /api/v1/conversations/{id}': { state: 'closed' },
    'POST /api/v1/conversations/{id}/messages': { type: 'text', text: { body: 'Hello' } },
    'POST /api/v1/conversations/{id}/files': fileForm(),
    'POST /api/v1/webhook-endpoints': {
      destination_url: 'http://127.0.0.1:9/hook',
      events: ['message.received'],
      number_id: ids.num,
    },
    'PATCH /api/v1/webhook-endpoints/{id}': { enabled: false },
    'POST /api/v1/webhook-endpoints/{id}/test': {},
    'POST /api/v1/webhook-endpoints/{id}/rotate-secret': { overlap_hours: 0 },
    'POST /api/v1/webhook-endpoints/{id}/replay': { since: '2026-01-01T00:00:00Z' },
    'POST /api/v1/inbound-logs/replay': {
      since: '2026-01-01T00:00:00Z',
      until: '2026-01-02T00:00:00Z',
      connector_id: ids.con,
    },
  }
}

function fileForm(): FormData {
  const form = new FormData()
  form.append('file', new Blob(['phone\n598091234567\n'], { type: 'text/csv' }), 'list.csv')
  return form
}
