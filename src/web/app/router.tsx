import type { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import { ErrorPage } from './error-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { contactRoutes } from './routes/contacts.ts'
import { doorRoutes } from './routes/doors.ts'
import { eventRoutes } from './routes/events.ts'
import { hubRoutes } from './routes/hubs.ts'
import { inboxRoute } from './routes/inbox.ts'
import { noticesRoute } from './routes/notices.ts'
import { numberRoutes } from './routes/numbers.ts'
import { rootRoute } from './routes/root.ts'
import { settingsRoutes } from './routes/settings.ts'
import { templatesRoute } from './routes/templates.ts'
import { startRoute, workspaceRoute } from './routes/workspace.ts'

/** All pages. A room's pages are declared in routes/<room>.ts and read when they are first opened. */
const routeTree = rootRoute.addChildren([
  ...doorRoutes,
  workspaceRoute.addChildren([
    startRoute,
    inboxRoute,
    ...contactRoutes,
    templatesRoute,
    ...numberRoutes,
    ...hubRoutes,
    ...eventRoutes,
    noticesRoute,
    settingsRoutes,
  ]),
])

export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 300,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
