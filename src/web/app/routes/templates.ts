import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { readTemplateFilter } from '../../templates/filter.ts'
import { workspaceRoute } from './workspace.ts'

export const templatesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'templates',
  validateSearch: readTemplateFilter,
  loader: () => loadTexts('templates', 'messages', 'connectors'),
  component: lazyRouteComponent(() => import('../../templates/templates-page.tsx'), 'TemplatesPage'),
})
