import { z } from 'zod'
import {
  acceptInvitation as acceptInvitationBody,
  invitation,
  invitationId,
  inviteMember as inviteMemberBody,
  me,
  member,
  pageOf,
  personId,
  updateMember,
} from '../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp } from '../platform/index.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { changeMemberRole } from './change-member-role.ts'
import { inviteMember } from './invite-member.ts'
import { originOf } from './person-of.ts'
import { presentInvitation, presentMember } from './present-workspace.ts'
import { selectMembers, selectOpenInvitations } from './queries.ts'
import { readMe } from './read-me.ts'
import { removeMember } from './remove-member.ts'
import { renewInvitation } from './renew-invitation.ts'
import { revokeInvitation } from './revoke-invitation.ts'
import type { WorkspaceRoutesOptions } from './routes.ts'
import { sessionCookie } from './session-cookie.ts'
import { openSession } from './sign-in.ts'

const managing = { access: { role: 'admin', scope: 'manage' } } as const
const tags = ['Members']
const memberParams = z.strictObject({ id: personId })
const invitationParams = z.strictObject({ id: invitationId })

export function registerMemberRoutes(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/members',
    {
      config: { access: { role: 'agent', scope: 'read' } },
      schema: { tags, summary: 'Members of the workspace', response: { 200: pageOf(member) } },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const rows = await ctx.db.inWorkspace(workspaceId, (tx) => selectMembers(tx, workspaceId))
      return { data: rows.map(presentMember), next_cursor: null }
    },
  )
  app.patch(
    '/members/:id',
    {
      config: managing,
      schema: {
        tags,
        summary: 'Change the role of a member',
        params: memberParams,
        body: updateMember,
        response: { 200: member },
      },
    },
    async (request) => {
      const change = { personId: request.params.id, role: request.body.role }
      return presentMember(await changeMemberRole(ctx, actorOf(request), change))
    },
  )
  app.delete(
    '/members/:id',
    {
      config: managing,
      schema: { tags, summary: 'Remove a member', params: memberParams },
    },
    async (request, reply) => {
      await removeMember(ctx, actorOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
}

export function registerInvitationRoutes(app: HttpApp, ctx: Ctx, options: WorkspaceRoutesOptions): void {
  for (const url of ['/members', '/invitations']) {
    app.post(
      url,
      {
        config: managing,
        schema: {
          tags,
          summary: 'Invite somebody by link',
          body: inviteMemberBody,
          response: { 201: invitation },
        },
      },
      async (request, reply) => {
        const invited = await inviteMember(ctx, actorOf(request), request.body)
        reply.code(201)
        return invited
      },
    )
  }
  app.get(
    '/invitations',
    {
      config: managing,
      schema: { tags, summary: 'Invitations not yet taken', response: { 200: pageOf(invitation) } },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const rows = await ctx.db.inWorkspace(workspaceId, (tx) => selectOpenInvitations(tx, workspaceId))
      return { data: rows.map(presentInvitation), next_cursor: null }
    },
  )
  app.post(
    '/invitations/:id/link',
    {
      config: managing,
      schema: {
        tags,
        summary: 'Make another link for an invitation',
        params: invitationParams,
        response: { 200: invitation },
      },
    },
    (request) => renewInvitation(ctx, actorOf(request), request.params.id),
  )
  app.delete(
    '/invitations/:id',
    {
      config: managing,
      schema: {
        tags,
        summary: 'Take an invitation back',
        params: invitationParams,
      },
    },
    async (request, reply) => {
      await revokeInvitation(ctx, actorOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
  registerAcceptRoute(app, ctx, options)
}

function registerAcceptRoute(app: HttpApp, ctx: Ctx, { version }: WorkspaceRoutesOptions): void {
  const cookie = sessionCookie(ctx.config.publicUrl)
  app.post(
    '/invitations/accept',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'Take an invitation', body: acceptInvitationBody, response: { 200: me } },
    },
    async (request, reply) => {
      const { personId, workspaceId } = await acceptInvitation(ctx, request.body, originOf(request))
      const token = await openSession(ctx, personId, originOf(request))
      reply.setCookie(cookie.name, token, cookie.attributes)
      return readMe(ctx, { personId, workspaceId, version })
    },
  )
}
