import { registerCampaignRoutes } from '../campaigns/index.ts'
import { registerContactRoutes } from '../contacts/index.ts'
import { registerEventRoutes } from '../events/index.ts'
import type { HttpApp } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { registerWebhookRoutes, startWebhooksWorker } from '../webhooks/index.ts'
import { defineWorkspacesJobs } from '../workspaces/index.ts'

interface Worker {
  stop(): Promise<void>
}

/** Routes under /api/v1, each room its own. */
export const apiRooms: ((app: HttpApp, ctx: ServerCtx) => void)[] = [
  registerEventRoutes,
  registerContactRoutes,
  registerCampaignRoutes,
  registerWebhookRoutes,
]

/** Routes that providers call, at the root. */
export const intakeRooms: ((app: HttpApp, ctx: ServerCtx) => void)[] = []

/** Handlers of jobs; known to every process that works on jobs, before it starts. */
export const jobRooms: ((ctx: ServerCtx) => void)[] = [defineWorkspacesJobs]

/** What a process with the role `worker` runs until it stops. */
export const workerRooms: ((ctx: ServerCtx) => Worker)[] = [startWebhooksWorker]
