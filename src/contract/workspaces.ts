import { z } from 'zod'
import { apiKeyId, invitationId, personId, workspaceId } from './ids.ts'
import { instant } from './paging.ts'

/** Least to most: an agent answers, a supervisor runs hubs and lists, an admin connects and configures, an owner may do all. */
export const roles = ['agent', 'supervisor', 'admin', 'owner'] as const
export const role = z.enum(roles)
export type Role = z.infer<typeof role>

/** What an API key may do: read everything, send messages and lists, manage the rest. */
export const scopes = ['read', 'send', 'manage'] as const
export const scope = z.enum(scopes)
export type Scope = z.infer<typeof scope>

export const slug = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    'Use small letters, digits and dashes, beginning with a letter or digit.',
  )
const email = z.email('Write an e-mail address, for example ana@example.com.').max(254)
const password = z.string().min(8, 'Use at least 8 characters.').max(128, 'Use at most 128 characters.')

export const setupState = z.object({ needs_setup: z.boolean() })
export const setupRequest = z.strictObject({
  token: z.string().min(1),
  email,
  password,
  name: z.string().trim().min(1).max(120),
  workspace_name: z.string().trim().min(1).max(120),
  workspace_slug: slug,
})
export type SetupRequest = z.infer<typeof setupRequest>

export const signInRequest = z.strictObject({ email: z.string().max(254), password: z.string().max(128) })
export type SignInRequest = z.infer<typeof signInRequest>

export const membership = z.object({
  workspace_id: workspaceId,
  slug,
  name: z.string(),
  role,
})
export type Membership = z.infer<typeof membership>

/** Who is signed in, and which workspaces are theirs. */
export const me = z.object({
  person: z.object({ id: personId, email: z.string(), name: z.string() }),
  workspace: membership,
  workspaces: z.array(membership),
  installation: z.object({ public_url: z.string(), sandbox_url: z.string().nullable(), version: z.string() }),
})
export type Me = z.infer<typeof me>

export const session = z.object({
  id: z.string(),
  current: z.boolean(),
  user_agent: z.string().nullable(),
  ip: z.string().nullable(),
  created_at: instant,
  last_seen_at: instant,
})
export type Session = z.infer<typeof session>

export const createWorkspace = z.strictObject({ name: z.string().trim().min(1).max(120), slug })
/** Which workspace this browser looks at from now on. */
export const switchWorkspace = z.strictObject({ slug })
export const updateWorkspace = z.strictObject({ name: z.string().trim().min(1).max(120) })

export const member = z.object({
  person_id: personId,
  email: z.string(),
  name: z.string(),
  role,
  created_at: instant,
})
export type Member = z.infer<typeof member>
export const inviteMember = z.strictObject({ email, role })
export type InviteMember = z.infer<typeof inviteMember>
export const invitation = z.object({
  id: invitationId,
  email: z.string(),
  role,
  /** Shown once, when it is made. It works once, until `link_expires_at`. */
  link: z.string().optional(),
  link_expires_at: instant,
  /** Until then another link can be made for it. */
  expires_at: instant,
  created_at: instant,
})
export type Invitation = z.infer<typeof invitation>
export const acceptInvitation = z.strictObject({
  token: z.string().min(1),
  name: z.string().trim().min(1).max(120),
  password,
})
export type AcceptInvitation = z.infer<typeof acceptInvitation>
export const updateMember = z.strictObject({ role })

export const createApiKey = z.strictObject({
  name: z.string().trim().min(1).max(120),
  scopes: z.array(scope).min(1).default(['read', 'send', 'manage']),
})
export type CreateApiKey = z.infer<typeof createApiKey>
export const apiKey = z.object({
  id: apiKeyId,
  name: z.string(),
  /** The first characters, to tell keys apart. */
  hint: z.string(),
  scopes: z.array(scope),
  created_at: instant,
  last_used_at: instant.nullable(),
  revoked_at: instant.nullable(),
  /** The whole key; only in the answer that creates it. */
  secret: z.string().optional(),
})
export type ApiKey = z.infer<typeof apiKey>

export const auditEntry = z.object({
  id: z.string(),
  at: instant,
  actor: z.object({ kind: z.enum(['person', 'api_key', 'system']), id: z.string(), name: z.string() }),
  action: z.string(),
  subject_id: z.string().nullable(),
  subject_name: z.string().nullable(),
  before: z.unknown().nullable(),
  after: z.unknown().nullable(),
})
export type AuditEntry = z.infer<typeof auditEntry>

/** Steps of the first-run checklist; the page hides it when all are done. */
export const checklist = z.object({
  connected: z.boolean(),
  received_message: z.boolean(),
  sent_reply: z.boolean(),
  created_hub: z.boolean(),
  finished_list: z.boolean(),
})
export type Checklist = z.infer<typeof checklist>
