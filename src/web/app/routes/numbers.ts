import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { workspaceRoute } from './workspace.ts'

export const numbersRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'numbers',
  validateSearch: (search: Record<string, unknown>): { connect?: 'meta' | 'gupshup' } =>
    search.connect === 'meta' || search.connect === 'gupshup' ? { connect: search.connect } : {},
  loader: () => loadTexts('connectors'),
  component: lazyRouteComponent(() => import('../../connectors/numbers-page.tsx'), 'NumbersPage'),
})
