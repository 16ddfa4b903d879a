import { useQuery } from '@tanstack/react-query'
import type { Member } from '../../contract/index.ts'
import type { Page } from '../platform/api/api.ts'
import { useApi } from '../platform/api/use-api.ts'
import { useMe } from './me.ts'

/** The people of the workspace; only oneself for a role that may not see the others. */
export function useMembers(): Pick<Member, 'person_id' | 'name'>[] {
  const api = useApi()
  const { person } = useMe()
  const { data } = useQuery({
    queryKey: api.key('member', 'all'),
    queryFn: ({ signal }) => api.get<Page<Member>>('/members', {}, signal),
    staleTime: 60_000,
  })
  return data?.data ?? [{ person_id: person.id, name: person.name }]
}
