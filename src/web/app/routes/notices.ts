import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { workspaceRoute } from './workspace.ts'

/** What the bell leads to. */
export const noticesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'notices',
  validateSearch: (search: Record<string, unknown>): { show?: 'unread' } =>
    search.show === 'unread' ? { show: search.show } : {},
  loader: () => loadTexts('notices'),
  component: lazyRouteComponent(() => import('../../notices/notices-page.tsx'), 'NoticesPage'),
})
