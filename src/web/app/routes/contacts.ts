import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readPeopleFilter } from '../../contacts/filter.ts'
import { readOptOutsFilter } from '../../contacts/opt-outs/filter.ts'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { workspaceRoute } from './workspace.ts'

const texts = () => loadTexts('contacts')

const peopleRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'contacts',
  validateSearch: readPeopleFilter,
  loader: texts,
  component: lazyRouteComponent(() => import('../../contacts/people-page.tsx'), 'PeoplePage'),
})

const optOutsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'contacts/opt-outs',
  validateSearch: readOptOutsFilter,
  loader: texts,
  component: lazyRouteComponent(() => import('../../contacts/opt-outs/opt-outs-page.tsx'), 'OptOutsPage'),
})

const newImportRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'contacts/import',
  loader: texts,
  component: lazyRouteComponent(() => import('../../contacts/import/new-import-page.tsx'), 'NewImportPage'),
})

const importRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'contacts/import/$importId',
  loader: texts,
  component: lazyRouteComponent(() => import('../../contacts/import/import-page.tsx'), 'ImportPage'),
})

export const contactRoutes = [peopleRoute, optOutsRoute, newImportRoute, importRoute]
