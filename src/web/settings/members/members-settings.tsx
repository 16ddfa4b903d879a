import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Invitation, Member } from '../../../contract/index.ts'
import type { Page } from '../../platform/api/api.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { DataTable } from '../../platform/page/data-table.tsx'
import { ErrorState } from '../../platform/page/error-state.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { SecretModal } from '../../platform/page/secret-modal.tsx'
import { Section } from '../../platform/page/section.tsx'
import { useCan } from '../../workspaces/me.ts'
import { InvitationsSection } from './invitations-section.tsx'
import { InviteModal } from './invite-modal.tsx'
import { MemberRow } from './member-row.tsx'

/** Who may do what here. */
export function MembersSettings() {
  const { t } = useTranslation('settings')
  const api = useApi()
  const {
    data: members,
    error,
    isPending,
    refetch,
  } = useQuery({
    queryKey: api.key('member', 'all'),
    queryFn: ({ signal }) => api.get<Page<Member>>('/members', {}, signal),
    select: (page) => page.data,
  })
  const [isInviting, inviting] = useDisclosure()
  const [invited, setInvited] = useState<Invitation | null>(null)
  const mayManage = useCan('admin')
  return (
    <>
      <Section
        flush
        title={t('tab.members')}
        text={members && t('members.count', { count: members.length })}
        actions={
          mayManage && (
            <Button leftSection={<IconUserPlus size={16} />} onClick={inviting.open}>
              {t('members.invite')}
            </Button>
          )
        }
      >
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {isPending && <LoadingRows count={3} />}
        {members && (
          <DataTable
            label={t('tab.members')}
            columns={[t('members.name'), t('members.role'), t('members.since'), '']}
          >
            {members.map((member) => (
              <MemberRow key={member.person_id} member={member} />
            ))}
          </DataTable>
        )}
      </Section>
      {mayManage && <InvitationsSection onLink={setInvited} />}
      <InviteModal isOpen={isInviting} onClose={inviting.close} onInvited={setInvited} />
      <SecretModal
        title={t('invite.made', { email: invited?.email ?? '' })}
        label={t('invite.link')}
        text={t('invite.linkText')}
        secret={invited?.link ?? null}
        onClose={() => setInvited(null)}
      />
    </>
  )
}
