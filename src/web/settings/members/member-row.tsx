import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Member, Role } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { TimeText } from '../../platform/format/time-text.tsx'
import { ConfirmModal } from '../../platform/page/confirm-modal.tsx'
import { PersonAvatar } from '../../platform/page/person-avatar.tsx'
import { useCan, useMe } from '../../workspaces/me.ts'
import { RoleSelect } from '../role-select.tsx'
import classes from './member-row.module.css'

/** A person with a role that an admin can change; oneself can't be taken out by mistake. */
export function MemberRow({ member }: { member: Member }) {
  const { t } = useTranslation(['settings', 'shell'])
  const { person, workspace } = useMe()
  const [isRemoving, removing] = useDisclosure()
  const change = useMemberAct(member)
  const isOwnerAbove = member.role === 'owner' && workspace.role !== 'owner'
  const mayManage = useCan('admin') && !isOwnerAbove && member.person_id !== person.id
  return (
    <tr>
      <td>
        <Who member={member} isMe={member.person_id === person.id} />
      </td>
      <td data-label={t('members.role')}>
        {mayManage ? (
          <div>
            <RoleSelect
              isLabelHidden
              label={t('members.roleOf', { name: member.name })}
              value={change.isPending && change.variables !== 'remove' ? change.variables : member.role}
              onChange={(role) => change.mutate(role)}
            />
            {change.error && !isRemoving && (
              <Text size="sm" c="var(--mantine-color-error)" role="alert">
                {change.error.message}
              </Text>
            )}
          </div>
        ) : (
          t(`shell:role.${member.role}`)
        )}
      </td>
      <td data-label={t('members.since')}>
        <TimeText at={member.created_at} />
      </td>
      <td>
        {mayManage && (
          <Button variant="subtle" color="red" size="compact-sm" onClick={removing.open}>
            {t('members.remove')}
          </Button>
        )}
        <ConfirmModal
          isOpen={isRemoving}
          title={t('members.removeAsk', { name: member.name })}
          text={t('members.removeText')}
          confirm={t('members.remove')}
          isPending={change.isPending}
          error={change.error}
          onConfirm={() => change.mutate('remove', { onSuccess: removing.close })}
          onClose={() => {
            change.reset()
            removing.close()
          }}
        />
      </td>
    </tr>
  )
}

function Who({ member: { name, email }, isMe }: { member: Member; isMe: boolean }) {
  const { t } = useTranslation('settings')
  return (
    <span className={classes.person}>
      <PersonAvatar name={name} size={32} />
      <span className={classes.words}>
        <span dir="auto">
          {name}{' '}
          {isMe && (
            <Text span c="dimmed">
              {t('members.you')}
            </Text>
          )}
        </span>
        <Text size="sm" c="dimmed" className={classes.email}>
          {email}
        </Text>
      </span>
    </span>
  )
}

function useMemberAct(member: Member) {
  const api = useApi()
  const queries = useQueryClient()
  const path = `/members/${member.person_id}`
  return useMutation({
    mutationFn: async (act: Role | 'remove') => {
      if (act === 'remove') await api.remove(path)
      else await api.patch<Member>(path, { role: act })
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: api.key('member') }),
  })
}
