import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { readCodeFilter } from '../../sending/code-filter.ts'
import { workspaceRoute } from './workspace.ts'

/** The form that is open, or the connector whose history is. */
function readNumbersSearch(search: Record<string, unknown>): {
  connect?: 'meta' | 'gupshup'
  history?: string
} {
  if (search.connect === 'meta' || search.connect === 'gupshup') return { connect: search.connect }
  return typeof search.history === 'string' ? { history: search.history } : {}
}

const allNumbersRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'numbers',
  validateSearch: readNumbersSearch,
  loader: () => loadTexts('connectors', 'notices'),
  component: lazyRouteComponent(() => import('../../connectors/numbers-page.tsx'), 'NumbersPage'),
})

const numberRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'numbers/$numberId',
  loader: () => loadTexts('connectors', 'notices'),
  component: lazyRouteComponent(() => import('../../connectors/number/number-page.tsx'), 'NumberPage'),
})

const lanesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'numbers/lanes',
  loader: () => loadTexts('sending', 'connectors'),
  component: lazyRouteComponent(() => import('../../sending/lanes-page.tsx'), 'LanesPage'),
})

const errorCodesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'numbers/error-codes',
  validateSearch: readCodeFilter,
  loader: () => loadTexts('sending'),
  component: lazyRouteComponent(() => import('../../sending/error-codes-page.tsx'), 'ErrorCodesPage'),
})

/** What the workspace sends from: its numbers, how fast they go, and what providers answer. */
export const numberRoutes = [allNumbersRoute, numberRoute, lanesRoute, errorCodesRoute] as const
