import { useMediaQuery } from '@mantine/hooks'
import { getRouteApi, Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useMemo } from 'react'
import { ApiContext, workspaceApi } from '../platform/api/use-api.ts'
import { LiveProvider } from '../platform/live/live.tsx'
import { MeContext } from '../workspaces/me.ts'
import { Shell } from './shell/shell.tsx'

// Nothing is told in the first moment; what is, waits in the store until this is there.
const Notifications = lazy(() =>
  import('@mantine/notifications').then(({ Notifications }) => ({ default: Notifications })),
)

const route = getRouteApi('/w/$workspace')

/** What every page of a workspace stands in: its API, who is signed in, live changes, navigation. */
export function WorkspaceLayout() {
  const { workspace: slug } = route.useParams()
  const me = route.useLoaderData()
  const isPhone = useMediaQuery('(max-width: 48em)')
  const api = useMemo(() => workspaceApi(slug), [slug])
  return (
    <ApiContext value={api}>
      <MeContext value={me}>
        <LiveProvider key={slug}>
          <Suspense>
            <Notifications position={isPhone ? 'top-center' : 'bottom-left'} />
          </Suspense>
          <Shell>
            <Outlet />
          </Shell>
        </LiveProvider>
      </MeContext>
    </ApiContext>
  )
}
