import { sql } from 'kysely'
import { type Role, type WorkspaceId, workspaceId } from '../../../contract/index.ts'
import type { Actor, Ctx } from '../../platform/index.ts'
import { hashPassword } from '../password.ts'
import { insertMember } from '../queries.ts'
import { insertPerson } from '../queries-people.ts'
import { actorIn } from '../signed-in.ts'

export const password = 'correct horse'

/** Somebody who can sign in with `password`, quickly: the hash costs next to nothing. */
export async function seedPerson(ctx: Ctx, email = `${ctx.random.id('p')}@example.com`) {
  const person = { id: ctx.random.id('per'), email, name: 'Ana' }
  const password_hash = await hashPassword(ctx.random, password, { n: 2 ** 10, r: 8, p: 1 })
  await insertPerson(ctx.db.worker, { ...person, password_hash })
  return person
}

/** A further member of the workspace, who can sign in. */
export async function seedMember(
  ctx: Ctx,
  workspace: WorkspaceId,
  role: Role,
): Promise<Actor & { email: string }> {
  const person = await seedPerson(ctx)
  await insertMember(ctx.db.worker, workspace, { person_id: person.id, role })
  return {
    ...actorIn(person, { workspace_id: workspaceId.parse(workspace), role, slug: '', name: '' }),
    email: person.email,
  }
}

export async function readAuditActions(ctx: Ctx, workspace: WorkspaceId): Promise<string[]> {
  const { rows } = await sql<{ action: string }>`
    select action from audit_log where workspace_id = ${workspace} order by id`.execute(ctx.db.worker)
  return rows.map((row) => row.action)
}
