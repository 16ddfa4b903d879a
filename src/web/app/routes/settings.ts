import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { workspaceRoute } from './workspace.ts'

const settingsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'settings',
  loader: () => loadTexts('settings'),
  component: lazyRouteComponent(() => import('../../settings/settings-page.tsx'), 'SettingsPage'),
})

const indexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  loader: ({ params }) => {
    throw redirect({ to: '/w/$workspace/settings/workspace', params })
  },
})

const workspaceSettingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'workspace',
  component: lazyRouteComponent(() => import('../../settings/workspace-settings.tsx'), 'WorkspaceSettings'),
})

const membersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'members',
  component: lazyRouteComponent(
    () => import('../../settings/members/members-settings.tsx'),
    'MembersSettings',
  ),
})

const apiKeysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'api-keys',
  component: lazyRouteComponent(
    () => import('../../settings/api-keys/api-keys-settings.tsx'),
    'ApiKeysSettings',
  ),
})

const consentRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'consent',
  component: lazyRouteComponent(
    () => import('../../settings/consent/consent-settings.tsx'),
    'ConsentSettings',
  ),
})

const sessionsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'sessions',
  component: lazyRouteComponent(() => import('../../settings/sessions-settings.tsx'), 'SessionsSettings'),
})

const auditLogRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'audit-log',
  component: lazyRouteComponent(
    () => import('../../settings/audit-log/audit-log-settings.tsx'),
    'AuditLogSettings',
  ),
})

export const settingsRoutes = settingsRoute.addChildren([
  indexRoute,
  workspaceSettingsRoute,
  membersRoute,
  apiKeysRoute,
  consentRoute,
  sessionsRoute,
  auditLogRoute,
])
