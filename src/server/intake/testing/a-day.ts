import { type RawBuilder, sql } from 'kysely'
import type { ServerCtx } from '../../providers/index.ts'
import { metaChange, type Shop, text } from './open-shop.ts'

const [ana, ben] = ['59899000010', '59899000011']
const from = 1_749_416_000

/** What of a shop is there before its day: two messages that went out, and a template. */
export async function prepareDay(
  ctx: ServerCtx,
  { workspaceId, connectorId, numberId }: Shop,
): Promise<void> {
  const contact = ctx.random.id('ctc')
  const message = (id: string) => sql`
    insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, external_id, state, to_phone)
    values (${workspaceId}, ${ctx.random.id('msg')}, ${numberId}, ${contact}, 'out', 'api', 'text',
      '{"text":{"body":"Hello"}}', ${id}, 'accepted', '59899000012')`
  await ctx.db.asWorker(async (tx) => {
    await sql`insert into contacts (workspace_id, id, phone) values (${workspaceId}, ${contact}, '59899000012')`.execute(
      tx,
    )
    for (const id of ['wamid.out.1', 'wamid.out.2']) await message(`${id}.${numberId}`).execute(tx)
    await sql`
      insert into templates (workspace_id, id, connector_id, external_id, name, language, category, status, components)
      values (${workspaceId}, ${ctx.random.id('tpl')}, ${connectorId}, '778', 'order_update', 'en', 'UTILITY', 'PENDING',
        '[]')`.execute(tx)
  })
}

/** All kinds of webhooks of one shop's day, each as a body of its own, in the order in which it happened. */
export function dayOf(shop: Shop): string[] {
  const body = (change: object, time = from) =>
    JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: shop.wabaId, time, changes: [change] }],
    })
  const messages = (value: object) => body(metaChange(shop, { ...value }))
  const named = (name: string, wa_id: string) => ({ contacts: [{ profile: { name }, wa_id }] })
  const reaction = (n: number, emoji: string) => ({
    from: ben,
    id: `wamid.reaction.${n}`,
    timestamp: String(from + 20 + n),
    type: 'reaction',
    reaction: { message_id: 'wamid.1', emoji },
  })
  const status = (id: string, kind: string, n: number, more: object = {}) =>
    messages({
      statuses: [
        {
          id: `${id}.${shop.numberId}`,
          status: kind,
          timestamp: String(from + 40 + n),
          recipient_id: '59899000012',
          ...more,
        },
      ],
    })
  const template = (event: string, time: number) =>
    body(
      {
        field: 'message_template_status_update',
        value: {
          event,
          message_template_id: 778,
          message_template_name: 'order_update',
          message_template_language: 'en',
          reason: 'NONE',
        },
      },
      time,
    )
  return [
    messages({ ...named('Ana', ana), messages: [text('wamid.1', 'one', ana, from + 1)] }),
    messages({
      ...named('Ana', ana),
      messages: [{ ...text('wamid.2', 'two', ana, from + 2), context: { id: 'wamid.1', from: ana } }],
    }),
    messages({
      ...named('Ben', ben),
      messages: [
        text('wamid.3', 'three', ben, from + 3),
        {
          from: ben,
          id: 'wamid.4',
          timestamp: String(from + 4),
          type: 'image',
          image: { id: `media-${shop.numberId}`, mime_type: 'image/jpeg', sha256: 'x', caption: 'Look' },
        },
      ],
    }),
    messages({ messages: [reaction(1, '👍')] }),
    messages({ messages: [reaction(2, '❤️')] }),
    status('wamid.out.1', 'sent', 1),
    status('wamid.out.1', 'delivered', 2),
    status('wamid.out.1', 'read', 3),
    status('wamid.out.2', 'sent', 4),
    status('wamid.out.2', 'delivered', 5),
    status('wamid.out.2', 'failed', 6, { errors: [{ code: 131_026, title: 'Message undeliverable' }] }),
    status('wamid.nobody', 'read', 7),
    template('APPROVED', from + 100),
    template('PAUSED', from + 200),
    template('APPROVED', from + 300),
    body({ field: 'brand_new_field', value: { hello: 'world' } }),
  ]
}

/** What people see of the day, without ids that are made anew each time. */
export function seenOf({ workspaceId, numberId }: Shop): RawBuilder<unknown> {
  const here = sql`workspace_id = ${workspaceId}`
  const plain = (id: unknown) => sql`replace(${id}, ${`.${numberId}`}, '')`
  return sql`
    select
      (select jsonb_agg(jsonb_build_array(c.phone, c.profile_name) order by c.phone) from contacts c where c.${here})
        as contacts,
      (select jsonb_agg(jsonb_build_array(c.phone, v.state, v.unread_count, v.last_message_at, v.window_expires_at,
                (select m.external_id from messages m where m.id = v.last_message_id)) order by c.phone)
       from conversations v join contacts c on c.id = v.contact_id where v.${here}) as conversations,
      (select jsonb_agg(jsonb_build_array(${plain(sql`m.external_id`)}, m.type, m.status, m.sent_at, m.delivered_at,
                m.read_at, m.failed_at, m.error_code) order by m.external_id)
       from messages m where m.${here}) as messages,
      (select jsonb_agg(jsonb_build_array(${plain(sql`m.external_id`)}, s.kind, s.at) order by m.external_id, s.kind)
       from message_statuses s join messages m on m.id = s.message_id where s.${here}) as statuses,
      (select jsonb_agg(jsonb_build_array(r.target_external_id, r.emoji)) from message_reactions r where r.${here})
        as reactions,
      (select jsonb_agg(o.kind) from orphan_statuses o where o.${here}) as orphans,
      (select jsonb_agg(d.mime_type) from media d where d.${here}) as media,
      (select jsonb_agg(jsonb_build_array(t.name, t.status)) from templates t where t.${here}) as templates,
      (select jsonb_object_agg(type, n) from (
         select type, count(*) as n from events where ${here} and type like 'message.%' group by type) told) as events`
}
