import { DirectionProvider, MantineProvider } from '@mantine/core'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isApiError } from '../platform/api/api-error.ts'
import { colorScheme, createAppTheme, cssVariables } from '../platform/theme/theme.ts'
import { createAppRouter } from './router.tsx'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '../platform/theme/inter.css'
import '../platform/theme/tones.css'
import '../platform/theme/global.css'

const queries = new QueryClient({
  queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
  mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal stays a refusal; only what never reached the hub, or a fault there, is worth another try.
      retry: (count, error) => count < 2 && (!isApiError(error) || error.status === 0 || error.status >= 500),
    },
  },
})
const router = createAppRouter(queries)

export function App() {
  const { t } = useTranslation('shell')
  const theme = useMemo(() => createAppTheme(t('close')), [t])
  return (
    <DirectionProvider>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colorScheme}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  )
}

/** A session that ended while a page was open leads to the sign-in page and back. */
function leaveWhenSignedOut(error: Error): void {
  const { pathname, href } = router.state.location
  if (!isApiError(error, 'unauthorized') || !pathname.startsWith('/w/')) return
  queries.clear()
  void router.navigate({ to: '/sign-in', search: { next: href } })
}
