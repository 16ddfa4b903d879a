import { type RawBuilder, sql } from 'kysely'
import type { ServerCtx } from '../../providers/index.ts'
import { metaChange, type Shop, text } from './open-shop.ts'
import { newsOfAccount, newsOfPeople, saidElsewhere } from './rest-of-the-day.ts'

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
    ...newsOfPeople(shop),
    ...saidElsewhere(shop),
    ...newsOfAccount(shop),
  ]
}

/** What is left of the day, without ids that are made anew each time. */
export function seenOf({ workspaceId, numberId }: Shop): RawBuilder<unknown> {
  const here = sql`workspace_id = ${workspaceId}`
  const plain = (id: unknown) => sql`replace(${id}, ${`.${numberId}`}, '')`
  const of = (columns: RawBuilder<unknown>, from: RawBuilder<unknown>) =>
    sql`(select jsonb_agg(line order by line) from (select jsonb_build_array(${columns}) as line from ${from}) lines)`
  return sql`
    select
      ${of(sql`c.phone, ${plain(sql`c.user_id`)}, c.username, c.profile_name, c.name, c.opted_out_all_at, c.opted_out_marketing_at`, sql`contacts c where c.${here}`)} as contacts,
      ${of(sql`h.kind, h.previous, h.value, h.at`, sql`contact_changes h where h.${here}`)} as identity,
      ${of(sql`h.scope, h.opted_out, h.source, h.at`, sql`consent_changes h where h.${here}`)} as consent,
      ${of(
        sql`c.phone, c.profile_name, v.state, v.unread_count, v.last_message_at, v.window_expires_at,
          (select ${plain(sql`m.external_id`)} from messages m where m.id = v.last_message_id)`,
        sql`conversations v join contacts c on c.id = v.contact_id where v.${here}`,
      )} as conversations,
      ${of(
        sql`${plain(sql`m.external_id`)}, m.type, c.phone, m.content - 'sender', m.status, m.sent_at, m.delivered_at, m.read_at,
          m.failed_at, m.error_code`,
        sql`messages m join contacts c on c.id = m.contact_id where m.${here} and m.type <> 'image'`,
      )} as messages,
      ${of(sql`${plain(sql`m.external_id`)}, s.kind, s.at`, sql`message_statuses s join messages m on m.id = s.message_id where s.${here}`)} as statuses,
      ${of(sql`${plain(sql`a.target_external_id`)}, a.kind, a.at`, sql`message_amendments a where a.${here}`)} as amendments,
      ${of(sql`r.target_external_id, r.emoji`, sql`message_reactions r where r.${here}`)} as reactions,
      ${of(sql`o.kind`, sql`orphan_statuses o where o.${here}`)} as orphans,
      ${of(sql`d.mime_type`, sql`media d where d.${here}`)} as media,
      ${of(sql`t.name, t.status, t.category, t.quality, t.coming_category`, sql`templates t where t.${here}`)} as templates,
      ${of(sql`t.topic, t.step, t.value, t.at`, sql`template_changes t where t.${here} and t.topic <> 'status'`)} as template_history,
      ${of(
        sql`a.topic, a.change, a.value, a.at`,
        sql`account_changes a where a.${here} and a.mark not like 'learnt-%'`,
      )} as account_history,
      ${of(sql`r.kind, r.until, r.told_at`, sql`account_restrictions r where r.${here}`)} as restrictions,
      ${of(sql`n.messaging_limit, n.verified_name, n.throughput, n.pace_limit_per_second`, sql`numbers n where n.${here}`)} as numbers,
      ${of(sql`n.kind, n.params, n.expires_at`, sql`notices n where n.${here} and n.resolved_at is null and ${standing}`)} as flags,
      (select jsonb_object_agg(type, n) from (
         select type, count(*) as n from events
         -- Of a failure that is told before the delivery, customers have heard; of one that comes after it, nobody hears.
         where ${here} and type like 'message.%' and data ->> 'status' is distinct from 'failed' group by type) told) as events`
}

/** News without an end are told as they come, and not at all once they are overtaken. */
const standing = sql`kind in ('account_violation', 'account_restricted', 'account_disabled', 'account_ban_scheduled',
  'account_disconnected', 'account_review_rejected', 'flow_trouble', 'number_name_rejected', 'template_paused',
  'template_flagged', 'template_category_coming', 'template_quality_red')`
