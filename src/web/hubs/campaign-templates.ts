import { useQuery } from '@tanstack/react-query'
import type { Campaign, Template } from '../../contract/index.ts'
import type { Api, Page } from '../platform/api/api.ts'
import { useApi } from '../platform/api/use-api.ts'

/** The templates enabled in a campaign, all of them: an account may have hundreds, so every page is read. */
export function useCampaignTemplates(campaign: Campaign | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: api.key('template', 'of-campaign', campaign?.id, campaign?.template_ids),
    queryFn: async ({ signal }) => {
      const wanted = new Set<string>(campaign?.template_ids ?? [])
      const found: Template[] = []
      for await (const template of readTemplates(api, signal)) {
        if (wanted.has(template.id)) found.push(template)
        if (found.length === wanted.size) break
      }
      return found.toSorted((a, b) => a.name.localeCompare(b.name) || a.language.localeCompare(b.language))
    },
    enabled: campaign !== undefined,
  })
}

async function* readTemplates(api: Api, signal: AbortSignal): AsyncGenerator<Template> {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Page<Template> = await api.get('/templates', { limit: 200, cursor }, signal)
    yield* page.data
    cursor = page.next_cursor
  }
}
