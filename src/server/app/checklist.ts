import { checklist } from '../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp } from '../platform/index.ts'
import { selectChecklist } from './queries.ts'

export function registerChecklistRoute(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/checklist',
    {
      config: { access: { role: 'agent', scope: 'read' } },
      schema: {
        tags: ['Workspaces'],
        summary: 'First steps done in this workspace',
        response: { 200: checklist },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      return ctx.db.inWorkspace(workspaceId, (tx) => selectChecklist(tx, workspaceId))
    },
  )
}
