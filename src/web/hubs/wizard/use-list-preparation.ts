import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Hub, List, Template } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { useKeepList } from '../hubs.ts'
import { isSaved, type MatchDraft, matchOf, openVariables } from './match-draft.ts'
import type { Step } from './steps.ts'
import { useMatchDraft } from './use-match-draft.ts'

/** What the steps share: the draft, its template, and the way on, which hands a complete draft to the hub. */
export function useListPreparation({
  list,
  hub,
  templates,
}: {
  list: List
  hub: Hub
  templates: Template[]
}) {
  const navigate = useNavigate({ from: '/w/$workspace/hubs/$hubId/lists/$listId/prepare' })
  const [draft, setDraft] = useMatchDraft(list, hub.template_id)
  const template = templates.find(({ id }) => id === draft.template_id)
  const save = useSaveMatch(list)
  const missing = template ? openVariables(draft, template) : []
  const saved = isSaved(list, draft, template)
  const go = (step: Step) => navigate({ search: { step } })
  const goOn = async (step: Step, changes: Partial<MatchDraft> = {}) => {
    const next = { ...draft, ...changes }
    const isComplete = template !== undefined && missing.length === 0 && next.phone !== ''
    if (isComplete && !isSaved(list, next, template)) await save.mutateAsync(matchOf(next, template))
    await go(step)
  }
  return {
    draft,
    change: (changes: Partial<MatchDraft>) => setDraft({ ...draft, ...changes }),
    template,
    templates,
    missing,
    saved,
    save,
    go: (step: Step) => void go(step),
    // A refusal stands on the page, as the mutation's error.
    goOn: (step: Step, changes?: Partial<MatchDraft>) => void goOn(step, changes).catch(() => undefined),
    reached: reachedStep({ draft, template, missing, saved }),
  }
}

function reachedStep(given: {
  draft: MatchDraft
  template: Template | undefined
  missing: string[]
  saved: boolean
}): Step {
  if (given.saved) return 'check'
  if (given.draft.phone === '') return 'match'
  return given.template && given.missing.length === 0 ? 'when' : 'template'
}

function useSaveMatch(list: List) {
  const api = useApi()
  const keep = useKeepList()
  return useMutation({
    mutationFn: (match: ReturnType<typeof matchOf>) => api.put<List>(`/lists/${list.id}/match`, match),
    onSuccess: keep,
  })
}
