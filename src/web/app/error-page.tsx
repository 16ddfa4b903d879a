import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { ErrorState } from '../platform/page/error-state.tsx'
import { Page } from '../platform/page/page.tsx'

/** In place of a page that could not be read or drawn; the navigation around it stays. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const router = useRouter()
  return (
    <Page>
      <ErrorState error={error} onRetry={() => void router.invalidate()} />
    </Page>
  )
}
