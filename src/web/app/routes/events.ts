import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { readInboundFilter } from '../../intake/filter.ts'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { readCatalogueFilter } from '../../webhooks/catalogue-filter.ts'
import { readDeliveryFilter } from '../../webhooks/filter.ts'
import { workspaceRoute } from './workspace.ts'

const eventsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'events',
  loader: ({ params }) => {
    throw redirect({ to: '/w/$workspace/events/webhooks', params })
  },
})

const inboundLogRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'events/inbound',
  validateSearch: readInboundFilter,
  loader: () => loadTexts('intake', 'connectors'),
  component: lazyRouteComponent(() => import('../../intake/inbound-log-page.tsx'), 'InboundLogPage'),
})

const webhooksRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'events/webhooks',
  loader: () => loadTexts('webhooks'),
  component: lazyRouteComponent(() => import('../../webhooks/webhooks-page.tsx'), 'WebhooksPage'),
})

const deliveriesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'events/deliveries',
  validateSearch: readDeliveryFilter,
  loader: () => loadTexts('webhooks'),
  component: lazyRouteComponent(() => import('../../webhooks/deliveries-page.tsx'), 'DeliveriesPage'),
})

const eventTypesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'events/types',
  validateSearch: readCatalogueFilter,
  loader: () => loadTexts('webhooks'),
  component: lazyRouteComponent(() => import('../../webhooks/catalogue-page.tsx'), 'CataloguePage'),
})

/** What providers tell us, and what we tell the customers' own systems. */
export const eventRoutes = [
  eventsRoute,
  inboundLogRoute,
  webhooksRoute,
  deliveriesRoute,
  eventTypesRoute,
] as const
