import { useMediaQuery } from '@mantine/hooks'
import { Notifications } from '@mantine/notifications'
import { getRouteApi, Outlet } from '@tanstack/react-router'
import { useMemo } from 'react'
import { ApiContext, workspaceApi } from '../platform/api/use-api.ts'
import { LiveProvider } from '../platform/live/live.tsx'
import { MeContext } from '../workspaces/me.ts'
import { Shell } from './shell/shell.tsx'

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
          <Notifications position={isPhone ? 'top-center' : 'bottom-left'} />
          <Shell>
            <Outlet />
          </Shell>
        </LiveProvider>
      </MeContext>
    </ApiContext>
  )
}
