import { Readable } from 'node:stream'
import { sql } from 'kysely'
import {
  type Hub,
  type List,
  type NumberId,
  numberId,
  type TemplateId,
  templateId,
  type WeeklySchedule,
  weekdays,
} from '../../../contract/index.ts'
import { createCampaign } from '../../campaigns/index.ts'
import type { Actor, Ctx } from '../../platform/index.ts'
import { seedWorkspace } from '../../platform/testing/index.ts'
import { createHub } from '../hub/create-hub.ts'
import { addList } from '../import/add-list.ts'

export const alwaysOpen: WeeklySchedule = Object.fromEntries(
  weekdays.map((day) => [day, [['00:00', '24:00']]]),
)

export interface SeededHub {
  owner: Actor
  numberId: NumberId
  templateId: TemplateId
  hub: Hub
}

/** A workspace with a connected number, a marketing template "Hello {{1}}, order {{2}}", a campaign and a hub. */
export async function seedHub(
  ctx: Ctx,
  options: { schedule?: WeeklySchedule; category?: string } = {},
): Promise<SeededHub> {
  const { owner } = await seedWorkspace(ctx)
  const number = await seedNumber(ctx, owner)
  const template = await seedTemplate(ctx, owner, { category: options.category ?? 'MARKETING' })
  const campaign = await createCampaign(ctx, owner, {
    name: 'Orders',
    number_id: number,
    time_zone: 'America/Montevideo',
    schedule: options.schedule ?? alwaysOpen,
    exceptions: [],
    template_ids: [template],
  })
  const hub = await createHub(ctx, owner, {
    name: 'Order news',
    campaign_id: campaign.id,
    channel: 'whatsapp',
    enabled: true,
    template_id: template,
    schedule: null,
  })
  return { owner, numberId: number, templateId: template, hub }
}

export async function seedNumber(ctx: Ctx, { workspaceId }: Actor): Promise<NumberId> {
  const id = numberId.parse(ctx.random.id('num'))
  await ctx.db.asWorker(async (tx) => {
    await sql`
      insert into connectors (workspace_id, id, provider, name, status, key, credentials_sealed)
      values (${workspaceId}, ${connectorOf(id)}, 'sandbox', 'Sandbox', 'ACTIVE', ${id}, '')`.execute(tx)
    await sql`
      insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone, verified_name)
      values (${workspaceId}, ${id}, ${connectorOf(id)}, ${id}, '+1 555 0100', '15550100', 'Parley Shop')`.execute(
      tx,
    )
  })
  return id
}

function connectorOf(number: NumberId): string {
  return number.replace('num_', 'con_')
}

export async function seedTemplate(
  ctx: Ctx,
  { workspaceId }: Actor,
  { category = 'MARKETING', status = 'APPROVED', body = 'Hello {{1}}, order {{2}}' } = {},
): Promise<TemplateId> {
  const id = templateId.parse(ctx.random.id('tpl'))
  const components = JSON.stringify([{ type: 'BODY', text: body }])
  await ctx.db.asWorker((tx) =>
    sql`
      insert into templates (workspace_id, id, connector_id, name, language, category, status, components)
      select ${workspaceId}, ${id}, id, ${id}, 'en', ${category}, ${status}, ${components}::jsonb
      from connectors where workspace_id = ${workspaceId}`.execute(tx),
  )
  return id
}

export function uploadList(ctx: Ctx, { owner, hub }: SeededHub, content: string): Promise<List> {
  const upload = {
    fileName: 'orders.csv',
    mimeType: 'text/csv',
    stream: Readable.from([Buffer.from(content)]),
    isCut: () => false,
  }
  return addList(ctx, owner, { hubId: hub.id, upload })
}
