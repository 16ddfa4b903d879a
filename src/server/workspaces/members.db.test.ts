import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { changeMemberRole } from './change-member-role.ts'
import { createWorkspace } from './create-workspace.ts'
import { inviteMember } from './invite-member.ts'
import { selectMembers } from './queries.ts'
import { removeMember } from './remove-member.ts'
import { renewInvitation } from './renew-invitation.ts'
import { revokeInvitation } from './revoke-invitation.ts'
import { password, readAuditActions, seedMember, seedPerson } from './testing/seed-people.ts'

const ctx = await testCtx()
const origin = { ip: '10.0.0.1', userAgent: null }

function minutesUntil(at: string): number {
  return Math.round((Date.parse(at) - Date.now()) / 60_000)
}

function tokenOf(link: string | undefined): string {
  return new URL(link ?? '').searchParams.get('token') ?? ''
}

describe('members', () => {
  it('are seen by their own workspace only', async () => {
    const mine = await seedWorkspace(ctx)
    const other = await seedWorkspace(ctx)
    const seen = await ctx.db.inWorkspace(mine.workspaceId, (tx) => selectMembers(tx, mine.workspaceId))
    expect(seen.map((member) => member.person_id)).toEqual([mine.ownerId])
    await expect(removeMember(ctx, mine.owner, other.ownerId)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('always include an owner', async () => {
    const { owner, ownerId } = await seedWorkspace(ctx)
    const code = { code: 'last_owner' }
    await expect(removeMember(ctx, owner, ownerId)).rejects.toMatchObject(code)
    await expect(changeMemberRole(ctx, owner, { personId: ownerId, role: 'admin' })).rejects.toMatchObject(
      code,
    )
  })

  it('keep one owner also when two owners leave at the same moment', async () => {
    const { owner, ownerId, workspaceId } = await seedWorkspace(ctx)
    const second = await seedMember(ctx, workspaceId, 'owner')
    const results = await Promise.allSettled([
      removeMember(ctx, owner, ownerId),
      removeMember(ctx, second, second.id),
    ])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('T22 are managed by nobody below: an admin can neither make nor change an owner', async () => {
    const { ownerId, workspaceId } = await seedWorkspace(ctx)
    const admin = await seedMember(ctx, workspaceId, 'admin')
    const code = { code: 'forbidden' }
    await expect(changeMemberRole(ctx, admin, { personId: admin.id, role: 'owner' })).rejects.toMatchObject(
      code,
    )
    await expect(removeMember(ctx, admin, ownerId)).rejects.toMatchObject(code)
    await expect(inviteMember(ctx, admin, { email: 'x@example.com', role: 'owner' })).rejects.toMatchObject(
      code,
    )
  })

  it('leave a trace of each change in the audit log', async () => {
    const { owner, workspaceId } = await seedWorkspace(ctx)
    const agent = await seedMember(ctx, workspaceId, 'agent')
    await changeMemberRole(ctx, owner, { personId: agent.id, role: 'supervisor' })
    await removeMember(ctx, owner, agent.id)
    expect(await readAuditActions(ctx, workspaceId)).toEqual(['member.role_changed', 'member.removed'])
  })
})

describe('an invitation', () => {
  it('T32 works once, and its token is nowhere in the database', async () => {
    const { owner, workspaceId } = await seedWorkspace(ctx)
    const { link } = await inviteMember(ctx, owner, { email: 'new@example.com', role: 'agent' })
    const request = { token: tokenOf(link), name: 'New', password: 'a-long-password' }
    const joined = await acceptInvitation(ctx, request, origin)
    expect(joined.workspaceId).toBe(workspaceId)
    await expect(acceptInvitation(ctx, request, origin)).rejects.toMatchObject({ code: 'not_found' })
    expect(await readAuditActions(ctx, workspaceId)).toEqual(['member.invited', 'member.joined'])
  })

  it('T32 has a link for 30 minutes, and another one for as long as it stands', async () => {
    const { owner } = await seedWorkspace(ctx)
    const made = await inviteMember(ctx, owner, { email: 'slow@example.com', role: 'agent' })
    expect(minutesUntil(made.link_expires_at)).toBe(30)
    expect(minutesUntil(made.expires_at)).toBe(7 * 24 * 60)
    await sql`update invitations set link_expires_at = now() where id = ${made.id}`.execute(ctx.db.worker)
    const request = { name: 'Slow', password: 'a-long-password' }
    const late = acceptInvitation(ctx, { ...request, token: tokenOf(made.link) }, origin)
    await expect(late).rejects.toMatchObject({ code: 'not_found' })

    const { link: unused } = await renewInvitation(ctx, owner, made.id)
    const { link } = await renewInvitation(ctx, owner, made.id)
    const replaced = acceptInvitation(ctx, { ...request, token: tokenOf(unused) }, origin)
    await expect(replaced).rejects.toMatchObject({ code: 'not_found' })
    await acceptInvitation(ctx, { ...request, token: tokenOf(link) }, origin)
    await expect(renewInvitation(ctx, owner, made.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('T26 takes no password that everybody uses, and can be taken with another one', async () => {
    const { owner } = await seedWorkspace(ctx)
    const { link } = await inviteMember(ctx, owner, { email: 'easy@example.com', role: 'agent' })
    const request = { token: tokenOf(link), name: 'Easy', password: 'Password123' }
    await expect(acceptInvitation(ctx, request, origin)).rejects.toMatchObject({
      code: 'validation_failed',
      details: { fields: [{ path: 'password' }] },
    })
    await acceptInvitation(ctx, { ...request, password: 'a-long-password' }, origin)
  })

  it('asks somebody who has an account for its password, so that a link alone takes over nothing', async () => {
    const { owner, workspaceId } = await seedWorkspace(ctx)
    const person = await seedPerson(ctx)
    const { link } = await inviteMember(ctx, owner, { email: person.email, role: 'admin' })
    const request = { token: tokenOf(link), name: 'Somebody', password: 'another password' }
    await expect(acceptInvitation(ctx, request, origin)).rejects.toMatchObject({ code: 'sign_in_failed' })
    const joined = await acceptInvitation(ctx, { ...request, password }, origin)
    expect(joined).toEqual({ personId: person.id, workspaceId })
  })

  it('stops working when it is taken back', async () => {
    const { owner } = await seedWorkspace(ctx)
    const { id, link } = await inviteMember(ctx, owner, { email: 'gone@example.com', role: 'agent' })
    await revokeInvitation(ctx, owner, id)
    const request = { token: tokenOf(link), name: 'Gone', password: 'a-long-password' }
    await expect(acceptInvitation(ctx, request, origin)).rejects.toMatchObject({ code: 'not_found' })
    await expect(revokeInvitation(ctx, owner, id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('T20 of another workspace can not be taken back', async () => {
    const { owner } = await seedWorkspace(ctx)
    const other = await seedWorkspace(ctx)
    const { id } = await inviteMember(ctx, other.owner, { email: 'other@example.com', role: 'agent' })
    await expect(revokeInvitation(ctx, owner, id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is refused for somebody who is a member already', async () => {
    const { owner, workspaceId } = await seedWorkspace(ctx)
    const { email } = await seedMember(ctx, workspaceId, 'agent')
    await expect(
      inviteMember(ctx, owner, { email: email.toUpperCase(), role: 'agent' }),
    ).rejects.toMatchObject({
      code: 'email_taken',
    })
  })
})

describe('a further workspace', () => {
  it('belongs to who made it, under an address that nobody has', async () => {
    const { owner, slug } = await seedWorkspace(ctx)
    const made = await createWorkspace(ctx, owner, { name: 'Second', slug: `${slug}-2` })
    expect(made).toMatchObject({ role: 'owner', name: 'Second' })
    const members = await ctx.db.inWorkspace(made.workspace_id, (tx) => selectMembers(tx, made.workspace_id))
    expect(members.map((member) => member.person_id)).toEqual([owner.id])
    await expect(createWorkspace(ctx, owner, { name: 'Third', slug })).rejects.toMatchObject({
      code: 'slug_taken',
    })
  })
})
