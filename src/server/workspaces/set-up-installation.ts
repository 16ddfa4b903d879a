import { timingSafeEqual } from 'node:crypto'
import type { SetupRequest } from '../../contract/index.ts'
import { personId, type WorkspaceId, workspaceId } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Ctx, type Db, ParleyError } from '../platform/index.ts'
import { isCommonPassword, refuseCommonPassword } from './common-passwords.ts'
import { hashToken } from './credential.ts'
import { hashPassword } from './password.ts'
import { insertMember, insertWorkspace } from './queries.ts'
import {
  deleteSetupToken,
  hasPeople,
  insertPerson,
  lockSetup,
  selectSetupTokenHash,
  upsertSetupToken,
} from './queries-people.ts'
import { allScopes } from './signed-in.ts'

/**
 * The first owner and workspace, for the bearer of the one-time link. Throws setup_already_done, setup_link_invalid, and
 * validation_failed for a password that everybody uses.
 */
export async function setUpInstallation(ctx: Ctx, request: SetupRequest): Promise<{ personId: string }> {
  // Before the slow hash: strangers must not be able to keep the cores busy.
  await ctx.db.asWorker((tx) => checkSetupToken(tx, request.token))
  await refuseCommonPassword(request.password)
  const passwordHash = await hashPassword(ctx.random, request.password)
  return ctx.db.asWorker(async (tx) => {
    await lockSetup(tx)
    await checkSetupToken(tx, request.token)
    return createFirstOwner(ctx, tx, { ...request, password_hash: passwordHash })
  })
}

/** The same from PARLEY_SETUP_…; does nothing once there are people. */
export async function setUpFromConfig(ctx: Ctx): Promise<boolean> {
  const { setup } = ctx.config
  if (!setup || !(await needsSetup(ctx))) return false
  // Whoever sets variables may do as they like, but should know.
  if (await isCommonPassword(setup.password.reveal()))
    ctx.log.warn('PARLEY_SETUP_PASSWORD is one of the passwords that are guessed first')
  const passwordHash = await hashPassword(ctx.random, setup.password.reveal())
  return ctx.db.asWorker(async (tx) => {
    await lockSetup(tx)
    if (await hasPeople(tx)) return false
    await createFirstOwner(ctx, tx, {
      email: setup.email,
      password_hash: passwordHash,
      name: setup.email.replace(/@.*/, ''),
      workspace_name: setup.workspaceSlug,
      workspace_slug: setup.workspaceSlug,
    })
    return true
  })
}

export async function needsSetup(ctx: Ctx): Promise<boolean> {
  return !(await hasPeople(ctx.db.worker))
}

/** A new one-time link, which ends the validity of the one before; null when somebody exists. */
export async function issueSetupLink(ctx: Ctx): Promise<string | null> {
  const token = ctx.random.token()
  const isIssued = await ctx.db.asWorker(async (tx) => {
    await lockSetup(tx)
    if (await hasPeople(tx)) return false
    await upsertSetupToken(tx, hashToken(token))
    return true
  })
  return isIssued ? `${ctx.config.publicUrl}/setup?token=${token}` : null
}

async function checkSetupToken(tx: Db, token: string): Promise<void> {
  if (await hasPeople(tx)) {
    throw new ParleyError('setup_already_done', 'This Parley is set up already. Sign in instead.')
  }
  const expected = await selectSetupTokenHash(tx)
  if (!expected || !timingSafeEqual(expected, hashToken(token))) {
    throw new ParleyError(
      'setup_link_invalid',
      'This set-up link is not valid any more. Use the newest one that the terminal shows.',
    )
  }
}

interface FirstOwner {
  email: string
  password_hash: string
  name: string
  workspace_name: string
  workspace_slug: string
}

async function createFirstOwner(ctx: Ctx, tx: Db, owner: FirstOwner): Promise<{ personId: string }> {
  const person = personId.parse(ctx.random.id('per'))
  const workspace: WorkspaceId = workspaceId.parse(ctx.random.id('wsp'))
  const { email, password_hash, name } = owner
  await insertPerson(tx, { id: person, email, name, password_hash })
  await insertWorkspace(tx, { id: workspace, slug: owner.workspace_slug, name: owner.workspace_name })
  await insertMember(tx, workspace, { person_id: person, role: 'owner' })
  await deleteSetupToken(tx)
  await recordAudit(
    tx,
    { kind: 'person', id: person, workspaceId: workspace, role: 'owner', scopes: allScopes, name },
    { action: 'workspace.created', subject_id: workspace, subject_name: owner.workspace_name },
  )
  return { personId: person }
}
