import type { TemplateStatus } from '../../contract/index.ts'

export interface TemplateFilter {
  status?: TemplateStatus
  search?: string
  /** The template whose preview is open. */
  template?: string
}

export const filterableStatuses = [
  'DRAFT',
  'PENDING',
  'APPROVED',
  'REJECTED',
  'IN_APPEAL',
  'PAUSED',
  'DISABLED',
  'LIMIT_EXCEEDED',
  'DELETED',
] as const satisfies readonly TemplateStatus[]

/** The filter as it stands in the address; what isn't understood is left out. */
export function readTemplateFilter(search: Record<string, unknown>): TemplateFilter {
  const status = filterableStatuses.find((one) => one === search.status)
  return {
    ...(status ? { status } : {}),
    ...(typeof search.search === 'string' && search.search !== '' ? { search: search.search } : {}),
    ...(typeof search.template === 'string' ? { template: search.template } : {}),
  }
}
