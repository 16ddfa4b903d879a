import type { Ctx, HttpApp } from '../platform/index.ts'
import { registerApiKeyRoutes } from './routes-api-keys.ts'
import { registerInvitationRoutes, registerMemberRoutes } from './routes-members.ts'
import { registerSessionRoutes } from './routes-sessions.ts'
import { registerSetupRoutes } from './routes-setup.ts'
import { registerTenantRoutes } from './routes-workspaces.ts'

export interface WorkspaceRoutesOptions {
  /** Of the program, for `GET /me`. */
  version: string
}

export function registerWorkspaceRoutes(app: HttpApp, ctx: Ctx, options: WorkspaceRoutesOptions): void {
  registerSetupRoutes(app, ctx, options)
  registerSessionRoutes(app, ctx, options)
  registerTenantRoutes(app, ctx)
  registerMemberRoutes(app, ctx)
  registerInvitationRoutes(app, ctx, options)
  registerApiKeyRoutes(app, ctx)
}
