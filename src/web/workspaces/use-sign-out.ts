import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { personApi } from '../platform/api/use-api.ts'

/** Ends the session here and at the hub; nothing read before stays in memory. */
export function useSignOut(): () => void {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    await personApi.remove('/session').catch(() => undefined)
    await navigate({ to: '/sign-in' })
    queries.clear()
  }
}
