import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readFilter } from '../../inbox/filter.ts'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { workspaceRoute } from './workspace.ts'

const inboxLayoutRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'inbox',
  validateSearch: readFilter,
  loader: () => loadTexts('inbox', 'messages', 'templates'),
  component: lazyRouteComponent(() => import('../../inbox/inbox-page.tsx'), 'InboxPage'),
})

const inboxIndexRoute = createRoute({
  getParentRoute: () => inboxLayoutRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../../inbox/no-conversation.tsx'), 'NoConversation'),
})

const conversationRoute = createRoute({
  getParentRoute: () => inboxLayoutRoute,
  path: '$conversationId',
  component: lazyRouteComponent(() => import('../../inbox/conversation-pane.tsx'), 'ConversationPane'),
})

export const inboxRoute = inboxLayoutRoute.addChildren([inboxIndexRoute, conversationRoute])
