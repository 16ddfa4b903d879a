import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readPeopleFilter } from '../../contacts/filter.ts'
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

export const contactRoutes = [peopleRoute, newImportRoute, importRoute]
