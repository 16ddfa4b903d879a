import { queryOptions } from '@tanstack/react-query'
import type { Checklist } from '../../contract/index.ts'
import { workspaceApi } from '../platform/api/use-api.ts'

/** The first steps in their order. */
export const checklistSteps = [
  'connected',
  'received_message',
  'sent_reply',
  'created_hub',
  'finished_list',
] as const satisfies readonly (keyof Checklist)[]

export function checklistQuery(slug: string) {
  const api = workspaceApi(slug)
  return queryOptions({
    queryKey: api.key('checklist'),
    queryFn: () => api.get<Checklist>('/checklist'),
    staleTime: 5_000,
  })
}

export function isComplete(checklist: Checklist): boolean {
  return checklistSteps.every((step) => checklist[step])
}

export function countDone(checklist: Checklist): number {
  return checklistSteps.filter((step) => checklist[step]).length
}
