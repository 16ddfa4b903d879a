import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readListFilter } from '../../hubs/lists/filter.ts'
import { readRecipientFilter } from '../../hubs/recipients/filter.ts'
import { readStep } from '../../hubs/wizard/steps.ts'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { readUnsettledFilter } from '../../sending/filter.ts'
import { workspaceRoute } from './workspace.ts'

const texts = () => loadTexts('hubs', 'campaigns', 'templates', 'messages', 'connectors')

const hubsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'hubs',
  loader: texts,
  component: lazyRouteComponent(() => import('../../hubs/hubs-page.tsx'), 'HubsPage'),
})

const newHubRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'hubs/new',
  validateSearch: (search: Record<string, unknown>): { campaign?: string } =>
    typeof search.campaign === 'string' ? { campaign: search.campaign } : {},
  loader: texts,
  component: lazyRouteComponent(() => import('../../hubs/hub/new-hub-page.tsx'), 'NewHubPage'),
})

const hubRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'hubs/$hubId',
  loader: texts,
  component: lazyRouteComponent(() => import('../../hubs/hub/hub-page.tsx'), 'HubPage'),
})

const hubListsRoute = createRoute({
  getParentRoute: () => hubRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../../hubs/hub/hub-lists.tsx'), 'HubLists'),
})

const hubBasicRoute = createRoute({
  getParentRoute: () => hubRoute,
  path: 'basic',
  component: lazyRouteComponent(() => import('../../hubs/hub/hub-basic.tsx'), 'HubBasic'),
})

const hubConfigurationRoute = createRoute({
  getParentRoute: () => hubRoute,
  path: 'configuration',
  component: lazyRouteComponent(() => import('../../hubs/hub/hub-configuration.tsx'), 'HubConfiguration'),
})

const hubScheduleRoute = createRoute({
  getParentRoute: () => hubRoute,
  path: 'schedule',
  component: lazyRouteComponent(() => import('../../hubs/hub/hub-schedule.tsx'), 'HubSchedule'),
})

const newListRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'hubs/$hubId/lists/new',
  loader: texts,
  component: lazyRouteComponent(() => import('../../hubs/wizard/new-list-page.tsx'), 'NewListPage'),
})

const prepareListRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'hubs/$hubId/lists/$listId/prepare',
  validateSearch: (search: Record<string, unknown>) => ({ step: readStep(search.step) }),
  loader: texts,
  component: lazyRouteComponent(() => import('../../hubs/wizard/prepare-list-page.tsx'), 'PrepareListPage'),
})

const listRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'hubs/$hubId/lists/$listId',
  validateSearch: readRecipientFilter,
  loader: texts,
  component: lazyRouteComponent(() => import('../../hubs/progress/list-page.tsx'), 'ListPage'),
})

const listsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'hubs/lists',
  validateSearch: readListFilter,
  loader: texts,
  component: lazyRouteComponent(() => import('../../hubs/lists/lists-page.tsx'), 'ListsPage'),
})

const unsettledRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'hubs/unsettled',
  validateSearch: readUnsettledFilter,
  loader: () => loadTexts('sending', 'connectors'),
  component: lazyRouteComponent(() => import('../../sending/unsettled-page.tsx'), 'UnsettledPage'),
})

const campaignsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'hubs/campaigns',
  loader: texts,
  component: lazyRouteComponent(() => import('../../campaigns/campaigns-page.tsx'), 'CampaignsPage'),
})

const newCampaignRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'hubs/campaigns/new',
  loader: texts,
  component: lazyRouteComponent(() => import('../../campaigns/campaign-page.tsx'), 'NewCampaignPage'),
})

const campaignRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'hubs/campaigns/$campaignId',
  loader: texts,
  component: lazyRouteComponent(() => import('../../campaigns/campaign-page.tsx'), 'CampaignPage'),
})

/** Hubs with their lists, and the campaigns they stand in. */
export const hubRoutes = [
  hubsRoute,
  newHubRoute,
  listsRoute,
  unsettledRoute,
  campaignsRoute,
  newCampaignRoute,
  campaignRoute,
  hubRoute.addChildren([hubListsRoute, hubBasicRoute, hubConfigurationRoute, hubScheduleRoute]),
  newListRoute,
  prepareListRoute,
  listRoute,
] as const
