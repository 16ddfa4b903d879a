import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { isApiError } from '../../platform/api/api-error.ts'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { checklistQuery, isComplete } from '../../workspaces/checklist.ts'
import { meQuery } from '../../workspaces/me.ts'
import { rootRoute } from './root.ts'

/** Everything inside a workspace: signed in, with navigation and live changes around. */
export const workspaceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/w/$workspace',
  loader: async ({ context, params, location }) => {
    try {
      return await context.queries.ensureQueryData(meQuery(params.workspace))
    } catch (error) {
      if (isApiError(error, 'unauthorized'))
        throw redirect({ to: '/sign-in', search: { next: location.href } })
      throw error
    }
  },
  staleTime: 60_000,
  component: lazyRouteComponent(() => import('../workspace-layout.tsx'), 'WorkspaceLayout'),
})

/** `/w/acme`: the first steps while some are open, the inbox afterwards. */
export const startRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/',
  loader: async ({ context, params }) => {
    const [checklist] = await Promise.all([
      context.queries.ensureQueryData(checklistQuery(params.workspace)),
      loadTexts('workspaces', 'connectors'),
    ])
    if (isComplete(checklist)) throw redirect({ to: '/w/$workspace/inbox', params })
  },
  component: lazyRouteComponent(() => import('../../workspaces/start-page.tsx'), 'StartPage'),
})
