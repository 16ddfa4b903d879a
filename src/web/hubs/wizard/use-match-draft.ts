import { useSessionStorage } from '@mantine/hooks'
import type { List } from '../../../contract/index.ts'
import { draftOf, type MatchDraft } from './match-draft.ts'

/** The draft of this list, kept in the tab: going back, or loading the page anew, loses nothing. */
export function useMatchDraft(
  list: List,
  hubTemplateId: string | null,
): [MatchDraft, (draft: MatchDraft) => void] {
  const [kept, keep] = useSessionStorage<MatchDraft | null>({
    key: `parley-match-${list.id}`,
    defaultValue: null,
    getInitialValueInEffect: false,
  })
  return [kept ?? draftOf(list, hubTemplateId), keep]
}
