import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { workspaceRoute } from './workspace.ts'

export const contactsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'contacts',
  validateSearch: (search: Record<string, unknown>): { search?: string; contact?: string } => ({
    ...(typeof search.search === 'string' && search.search !== '' ? { search: search.search } : {}),
    ...(typeof search.contact === 'string' ? { contact: search.contact } : {}),
  }),
  loader: () => loadTexts('contacts'),
  component: lazyRouteComponent(() => import('../../contacts/people-page.tsx'), 'PeoplePage'),
})
