import type { HttpApp } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { registerHubReading, registerHubWriting } from './hub/routes.ts'
import { registerListUpload } from './import/routes.ts'
import { registerListActs, registerListPreparing, registerListReading } from './lists/routes.ts'
import { registerRecipientRoutes } from './recipients/routes.ts'

export function registerHubRoutes(app: HttpApp, ctx: ServerCtx): void {
  registerHubReading(app, ctx)
  registerHubWriting(app, ctx)
  registerListUpload(app, ctx)
  registerListReading(app, ctx)
  registerListPreparing(app, ctx)
  registerListActs(app, ctx)
  registerRecipientRoutes(app, ctx)
}
