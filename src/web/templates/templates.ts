import { useQuery } from '@tanstack/react-query'
import type { Template, TemplateChange, TemplateStatus } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { usePages } from '../platform/api/use-pages.ts'

interface TemplatesWanted {
  status?: TemplateStatus | undefined
  search?: string | undefined
  connector_id?: string | undefined
  enabled?: boolean
}

/** Templates page by page; live, because a review may end while somebody looks. */
export function useTemplates({ enabled = true, ...query }: TemplatesWanted) {
  const api = useApi()
  return usePages<Template>({
    queryKey: api.key('template', 'pages', query),
    path: '/templates',
    query: { ...query, limit: 100 },
    enabled,
  })
}

export function useTemplate(id: string | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: api.key('template', 'one', id),
    queryFn: ({ signal }) => api.get<Template>(`/templates/${id}`, {}, signal),
    enabled: id !== undefined,
  })
}

/** What happened to it, newest first. */
export function useTemplateHistory(id: string) {
  const api = useApi()
  return usePages<TemplateChange>({
    queryKey: api.key('template', 'history', id),
    path: `/templates/${id}/history`,
    query: { limit: 20 },
  })
}

/** The samples given to the reviewer, as values: how the template looks filled in. */
export function sampleValues(template: Template): Record<string, string> {
  return Object.fromEntries(
    template.variables.flatMap(({ key, kind, sample }) => (kind === 'text' && sample ? [[key, sample]] : [])),
  )
}

/** The body with its values, for the bubble that stands until the hub has answered. */
export function filledBody(template: Template, values: Record<string, string>): string {
  const body = template.components.find((component) => component.type.toUpperCase() === 'BODY')?.text ?? ''
  return body.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (hole, key: string) => values[key]?.trim() || hole)
}
