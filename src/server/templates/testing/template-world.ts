import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceId } from '../../../contract/index.ts'
import { createConnector } from '../../connectors/index.ts'
import type { Actor, Ctx } from '../../platform/index.ts'
import { createProviders, type ServerCtx } from '../../providers/index.ts'

interface StoredTemplate {
  id: string
  external_id: string
  name: string
  language: string
  status: string
  category: string
  quality: string | null
  rejected_reason: string | null
}

const bigAccount = z.object({
  access_token: z.string(),
  app_secret: z.string(),
  numbers: z.tuple([z.object({ phone_number_id: z.string() })]),
})

/** Connectors to a running emulator and looks into the tables, for tests. `base` must name the emulator in its config. */
export function templateWorld(base: Ctx, emulatorUrl: string) {
  const ctx: ServerCtx = { ...base, providers: createProviders({ log: base.log, connections: 2 }) }

  async function control(method: 'PATCH' | 'POST', path: string, body: object): Promise<unknown> {
    const answer = await fetch(`${emulatorUrl}/_control${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`The emulator answered ${answer.status} to ${method} ${path}.`)
    const said: unknown = await answer.json()
    return said
  }

  async function someConnector(owner: Actor) {
    const made = await createConnector(ctx, owner, { provider: 'sandbox', name: 'Shop line' })
    return { owner, workspaceId: owner.workspaceId, connectorId: made.id }
  }

  async function connectorWith(owner: Actor, templateCount: number) {
    const account = bigAccount.parse(await control('POST', '/accounts', { template_count: templateCount }))
    const { access_token, app_secret, numbers } = account
    const { phone_number_id } = numbers[0]
    const fields = { access_token, app_secret, verify_token: 'v', phone_number_id }
    const made = await createConnector(ctx, owner, { provider: 'meta', name: 'Big', ...fields })
    return { workspaceId: owner.workspaceId, connectorId: made.id }
  }

  async function rowsOf(workspaceId: WorkspaceId): Promise<StoredTemplate[]> {
    const { rows } = await sql<StoredTemplate>`
      select * from templates where workspace_id = ${workspaceId} order by name, language`.execute(
      ctx.db.worker,
    )
    return rows
  }

  async function approvedOf(workspaceId: WorkspaceId): Promise<StoredTemplate> {
    const row = (await rowsOf(workspaceId)).find(({ status }) => status === 'APPROVED')
    if (row === undefined) throw new Error('There is no approved template.')
    return row
  }

  async function eventsOf(workspaceId: WorkspaceId) {
    const { rows } = await sql<{ type: string; data: Record<string, unknown> }>`
      select type, data from events
      where workspace_id = ${workspaceId} and type like 'template.%' order by seq`.execute(ctx.db.worker)
    return rows
  }

  return { ctx, control, someConnector, connectorWith, rowsOf, approvedOf, eventsOf }
}
