import { sql } from 'kysely'
import type { WorkspaceId } from '../../../contract/index.ts'
import type { Actor, Ctx } from '../../platform/index.ts'
import { seedWorkspace } from '../../platform/testing/index.ts'

export interface FullWorkspace {
  workspaceId: WorkspaceId
  /** One row of every kind that has an id in an address, by the prefix of its id. */
  ids: Record<string, string>
  ownerId: string
  owner: Actor
}

/** A workspace with one of everything; `canary` stands in every text, so a leak of any of them can be seen. */
export async function seedEverything(ctx: Ctx, canary: string): Promise<FullWorkspace> {
  const { workspaceId: w, ownerId, owner } = await seedWorkspace(ctx)
  const prefixes =
    'con num tpl ctc cnv msg med cmp hub lst rcp evt whe whd whr inl inr key inv ntc cim'.split(' ')
  const ids: Record<string, string> = Object.fromEntries(
    prefixes.map((prefix) => [prefix, ctx.random.id(prefix)]),
  )
  const id = (prefix: string) => ids[prefix] ?? ''
  const phone = `5980${Math.floor(10_000_000 + ctx.random.number() * 89_999_999)}`
  const credentials = JSON.stringify({ access_token: canary, app_secret: canary, verify_token: canary })
  const sealed = ctx.secrets.seal(credentials, `${w}|connectors|credentials_sealed|${id('con')}`)
  const statements = [
    sql`insert into connectors (workspace_id, id, provider, name, status, key, waba_id, credentials_sealed)
        values (${w}, ${id('con')}, 'meta', ${canary}, 'ACTIVE', ${ctx.random.token()}, ${canary}, ${sealed})`,
    sql`insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone, verified_name)
        values (${w}, ${id('num')}, ${id('con')}, ${phone}, ${canary}, ${phone}, ${canary})`,
    sql`insert into templates (workspace_id, id, connector_id, name, language, category, status, components)
        values (${w}, ${id('tpl')}, ${id('con')}, ${canary}, 'en', 'MARKETING', 'APPROVED', ${JSON.stringify([{ type: 'BODY', text: canary }])})`,
    sql`insert into contacts (workspace_id, id, phone, name) values (${w}, ${id('ctc')}, ${phone}, ${canary})`,
    sql`insert into contact_imports (workspace_id, id, file_name, state, created_by) values (${w}, ${id('cim')}, ${canary}, 'ready', ${ownerId})`,
    sql`insert into contact_import_refusals (workspace_id, import_id, row_number, cells, problem)
        values (${w}, ${id('cim')}, 1, ${JSON.stringify([canary])}, 'duplicate')`,
    sql`insert into conversations (workspace_id, id, number_id, contact_id, last_inbound_at, window_expires_at)
        values (${w}, ${id('cnv')}, ${id('num')}, ${id('ctc')}, now(), now() + interval '1 day')`,
    sql`insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, state)
        values (${w}, ${id('msg')}, ${id('num')}, ${id('ctc')}, 'in', 'customer', 'text', ${JSON.stringify({ text: { body: canary } })}, 'received')`,
    sql`insert into media (workspace_id, id, number_id, external_id, direction, mime_type, file_name)
        values (${w}, ${id('med')}, ${id('num')}, ${canary}, 'in', 'image/png', ${canary})`,
    sql`insert into campaigns (workspace_id, id, name, number_id, time_zone, schedule)
        values (${w}, ${id('cmp')}, ${canary}, ${id('num')}, 'UTC', '{"mon":[["09:00","18:00"]]}')`,
    sql`insert into campaign_templates (workspace_id, campaign_id, template_id) values (${w}, ${id('cmp')}, ${id('tpl')})`,
    sql`insert into hubs (workspace_id, id, name, campaign_id, channel, template_id)
        values (${w}, ${id('hub')}, ${canary}, ${id('cmp')}, 'whatsapp', ${id('tpl')})`,
    sql`insert into lists (workspace_id, id, hub_id, number_id, name, state, columns)
        values (${w}, ${id('lst')}, ${id('hub')}, ${id('num')}, ${canary}, 'draft', '["phone"]')`,
    sql`insert into recipients (workspace_id, list_id, id, row_number, phone, cells)
        values (${w}, ${id('lst')}, ${id('rcp')}, 1, ${phone}, ${JSON.stringify([canary])})`,
    sql`insert into webhook_endpoints (workspace_id, id, name, destination_url, events, secret_sealed)
        values (${w}, ${id('whe')}, ${canary}, ${`https://${canary}.example.com`}, '{message.received}', '\\x00')`,
    sql`insert into events (workspace_id, id, type, at, data)
        values (${w}, ${id('evt')}, 'message.sent', now(), ${JSON.stringify({ text: canary })})`,
    sql`insert into webhook_deliveries (workspace_id, id, endpoint_id, event_id, event_type)
        values (${w}, ${id('whd')}, ${id('whe')}, ${id('evt')}, 'message.received')`,
    sql`insert into webhook_replays (workspace_id, id, endpoint_id, since, until, types, outcome, cursor_id)
        values (${w}, ${id('whr')}, ${id('whe')}, now(), now(), '{}', 'all', '')`,
    sql`insert into inbound_logs (workspace_id, id, connector_id, source, partition, verdict, body, body_bytes, sha256)
        values (${w}, ${id('inl')}, ${id('con')}, 'meta', 0, 'processed', ${Buffer.from(JSON.stringify({ canary }))}, 10, '\\x00')`,
    sql`insert into notices (workspace_id, id, kind, subject_id, subject_name)
        values (${w}, ${id('ntc')}, 'account_disabled', ${id('con')}, ${canary})`,
    sql`insert into inbound_replays (workspace_id, id, since, until, connector_id, state, cursor_id)
        values (${w}, ${id('inr')}, now(), now(), ${id('con')}, 'finished', '')`,
    sql`insert into api_keys (workspace_id, id, name, hint, secret_hash, scopes)
        values (${w}, ${id('key')}, ${canary}, ${canary}, ${Buffer.from(ctx.random.token())}, '{read}')`,
    sql`insert into invitations (workspace_id, id, email, role, token_hash, expires_at, link_expires_at)
        values (${w}, ${id('inv')}, ${`${canary}@example.com`}, 'agent', ${Buffer.from(ctx.random.token())}, now() + interval '1 day', now() + interval '1 day')`,
    sql`insert into audit_log (workspace_id, id, actor_kind, actor_id, actor_name, action)
        values (${w}, ${ctx.random.id('aud')}, 'person', ${ownerId}, ${canary}, 'test.done')`,
    sql`update people set name = ${canary} where id = ${ownerId}`,
  ]
  await ctx.db.asWorker(async (tx) => {
    for (const statement of statements) await statement.execute(tx)
  })
  return { workspaceId: w, ids: { ...ids, per: ownerId }, ownerId, owner }
}
