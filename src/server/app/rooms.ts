import { registerCampaignRoutes } from '../campaigns/index.ts'
import { defineCatchUpJobs, defineConnectorsJobs, registerConnectorRoutes } from '../connectors/index.ts'
import { defineContactsJobs, defineErasureJobs, registerContactRoutes } from '../contacts/index.ts'
import { defineEventsJobs, registerEventRoutes } from '../events/index.ts'
import { defineHubsJobs, registerHubRoutes, startHubsWorker } from '../hubs/index.ts'
import { defineInboxJobs, registerInboxRoutes } from '../inbox/index.ts'
import {
  defineIntakeJobs,
  registerInboundLogRoutes,
  registerIntakeRoutes,
  startIntakeWorker,
} from '../intake/index.ts'
import { defineMediaJobs, registerMediaRoutes, registerSharedMedia } from '../media/index.ts'
import { registerNoticeRoutes } from '../notices/index.ts'
import type { HttpApp } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { defineSendingJobs, registerSendingRoutes, startSendingWorker } from '../sending/index.ts'
import {
  checkParameters,
  defineTemplatesJobs,
  registerTemplateRoutes,
  renderPreview,
  valuesOf,
} from '../templates/index.ts'
import { defineWebhooksJobs, registerWebhookRoutes, startWebhooksWorker } from '../webhooks/index.ts'
import { defineWorkspacesJobs } from '../workspaces/index.ts'

interface Worker {
  stop(): Promise<void>
}

/** Routes under /api/v1, each room its own. Rooms of one step don't know each other: what they need is handed over here. */
export const apiRooms: ((app: HttpApp, ctx: ServerCtx) => void)[] = [
  registerConnectorRoutes,
  registerTemplateRoutes,
  registerContactRoutes,
  registerMediaRoutes,
  (app, ctx) => registerSendingRoutes(app, ctx, { checkParameters, valuesOf, renderPreview }),
  registerCampaignRoutes,
  registerHubRoutes,
  registerInboxRoutes,
  registerInboundLogRoutes,
  registerEventRoutes,
  registerNoticeRoutes,
  registerWebhookRoutes,
]

/** Routes that providers call, at the root. */
export const intakeRooms: ((app: HttpApp, ctx: ServerCtx) => void)[] = [
  registerIntakeRoutes,
  registerSharedMedia,
]

/** Handlers of jobs; known to every process that works on jobs, before it starts. */
export const jobRooms: ((ctx: ServerCtx) => void)[] = [
  defineEventsJobs,
  defineWorkspacesJobs,
  defineConnectorsJobs,
  defineCatchUpJobs,
  defineContactsJobs,
  defineErasureJobs,
  defineMediaJobs,
  defineTemplatesJobs,
  defineSendingJobs,
  defineHubsJobs,
  defineInboxJobs,
  defineIntakeJobs,
  defineWebhooksJobs,
]

/** What a process with the role `worker` runs until it stops. */
export const workerRooms: ((ctx: ServerCtx) => Worker)[] = [
  startIntakeWorker,
  startSendingWorker,
  startHubsWorker,
  startWebhooksWorker,
]
