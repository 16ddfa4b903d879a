import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../contract/index.ts'
import { useMembers } from '../workspaces/members.ts'
import { useUpdateConversation } from './conversations.ts'

/** Who takes care of it. */
export function AssigneeSelect({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('inbox')
  const members = useMembers()
  const update = useUpdateConversation()
  const assignee = conversation.assignee
  const people = members.map(({ person_id: id, name }) => ({ id, name }))
  if (assignee && !people.some(({ id }) => id === assignee.id)) people.push(assignee)
  return (
    <Select
      label={t('assignee.label')}
      placeholder={t('assignee.nobody')}
      data={people.map(({ id, name }) => ({ value: id, label: name }))}
      value={assignee?.id ?? null}
      error={update.error?.message}
      clearable
      clearButtonProps={{ 'aria-label': t('assignee.clear') }}
      onChange={(value) =>
        update.mutate({ id: conversation.id, assignee_id: people.find(({ id }) => id === value)?.id ?? null })
      }
    />
  )
}
