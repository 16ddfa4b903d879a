import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { isApiError } from '../../platform/api/api-error.ts'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { personQuery, setupStateQuery } from '../../workspaces/me.ts'
import { rootRoute } from './root.ts'

const loadDoorTexts = () => loadTexts('workspaces')
const textOr = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise)

/** `/`: to the workspace, to sign-in, or to set-up when nobody exists yet. */
const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  loader: async ({ context }) => {
    try {
      const { workspace } = await context.queries.ensureQueryData(personQuery)
      throw redirect({ to: '/w/$workspace', params: { workspace: workspace.slug } })
    } catch (error) {
      if (!isApiError(error, 'unauthorized')) throw error
    }
    const { needs_setup } = await context.queries.fetchQuery(setupStateQuery)
    throw needs_setup ? redirect({ to: '/setup', search: { token: '' } }) : redirect({ to: '/sign-in' })
  },
})

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = textOr(search.next, '')
    // Only a path of ours: an address from outside would be an open redirect.
    return next.startsWith('/w/') ? { next } : {}
  },
  loader: loadDoorTexts,
  component: lazyRouteComponent(() => import('../../workspaces/sign-in-page.tsx'), 'SignInPage'),
})

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: (search: Record<string, unknown>) => ({ token: textOr(search.token, '') }),
  loader: async ({ context }) => {
    const { needs_setup } = await context.queries.fetchQuery(setupStateQuery)
    if (!needs_setup) throw redirect({ to: '/sign-in' })
    await loadDoorTexts()
  },
  component: lazyRouteComponent(() => import('../../workspaces/setup-page.tsx'), 'SetupPage'),
})

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  validateSearch: (search: Record<string, unknown>) => ({ token: textOr(search.token, '') }),
  loader: loadDoorTexts,
  component: lazyRouteComponent(() => import('../../workspaces/invitation-page.tsx'), 'InvitationPage'),
})

export const doorRoutes = [indexRoute, signInRoute, setupRoute, invitationRoute] as const
