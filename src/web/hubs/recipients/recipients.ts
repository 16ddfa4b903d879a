import type { Recipient } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { usePages } from '../../platform/api/use-pages.ts'
import type { RecipientFilter } from './filter.ts'

interface RecipientsWanted extends RecipientFilter {
  listId: string
  /** How often they are read anew; states move while a list runs. */
  everyMs?: number | false
}

/** The rows of a list in the order of the file. */
export function useRecipients({ listId, everyMs = false, ...filter }: RecipientsWanted) {
  const api = useApi()
  return usePages<Recipient>({
    queryKey: api.key('recipient', 'of-list', listId, filter),
    path: `/lists/${listId}/recipients`,
    query: { ...filter, limit: 50 },
    everyMs,
  })
}
