import { queryOptions } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { z } from 'zod'
import type { Me, Role, setupState } from '../../contract/index.ts'
import { personApi, workspaceApi } from '../platform/api/use-api.ts'

/** The person with the workspace last used. */
export const personQuery = queryOptions({
  queryKey: personApi.key('me'),
  queryFn: () => personApi.get<Me>('/me'),
})

export const setupStateQuery = queryOptions({
  queryKey: personApi.key('setup'),
  queryFn: () => personApi.get<z.infer<typeof setupState>>('/setup'),
})

/** The person as a member of this workspace. */
export function meQuery(slug: string) {
  const api = workspaceApi(slug)
  return queryOptions({ queryKey: api.key('me'), queryFn: () => api.get<Me>('/me'), staleTime: 60_000 })
}

export const MeContext = createContext<Me | null>(null)

export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('useMe is for pages of a workspace.')
  return me
}

const rank: Record<Role, number> = { agent: 0, supervisor: 1, admin: 2, owner: 3 }

/** `useCan('admin')`: whether the person may do what asks for at least this role. The hub checks it again. */
export function useCan(least: Role): boolean {
  return rank[useMe().workspace.role] >= rank[least]
}

/** Tells which entries of a menu the person may open. */
export function useMayOpen(): (page: { least?: Role }) => boolean {
  const { role } = useMe().workspace
  return ({ least = 'agent' }) => rank[role] >= rank[least]
}
