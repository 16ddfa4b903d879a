import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Invitation } from '../../../contract/index.ts'
import type { Page } from '../../platform/api/api.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { TimeText } from '../../platform/format/time-text.tsx'
import { DataTable } from '../../platform/page/data-table.tsx'
import { ErrorNote, ErrorState } from '../../platform/page/error-state.tsx'
import { Section } from '../../platform/page/section.tsx'

/** Who was invited and has not joined yet. `onLink`: a link was made, to be shown once. */
export function InvitationsSection({ onLink }: { onLink: (invitation: Invitation) => void }) {
  const { t } = useTranslation(['settings', 'shell'])
  const api = useApi()
  const {
    data: invitations,
    error,
    refetch,
  } = useQuery({
    queryKey: api.key('invitation', 'all'),
    queryFn: ({ signal }) => api.get<Page<Invitation>>('/invitations', {}, signal),
    select: (page) => page.data,
  })
  const revoke = useRevoke()
  const renew = useRenew(onLink)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!invitations || invitations.length === 0) return null
  return (
    <Section flush title={t('invitations.title')} text={t('invitations.text')}>
      {revoke.error && <ErrorNote error={revoke.error} />}
      {renew.error && <ErrorNote error={renew.error} />}
      <DataTable
        label={t('invitations.title')}
        columns={[t('invite.email'), t('members.role'), t('invitations.expires'), '']}
      >
        {invitations.map(({ id, email, role, expires_at }) => (
          <tr key={id}>
            <td>{email}</td>
            <td data-label={t('members.role')}>{t(`shell:role.${role}`)}</td>
            <td data-label={t('invitations.expires')}>
              <TimeText at={expires_at} look="relative" />
            </td>
            <td>
              <Button
                variant="subtle"
                size="compact-sm"
                loading={renew.isPending && renew.variables === id}
                onClick={() => renew.mutate(id)}
              >
                {t('invitations.renew')}
              </Button>
              <Button
                variant="subtle"
                color="red"
                size="compact-sm"
                loading={revoke.isPending && revoke.variables === id}
                onClick={() => revoke.mutate(id)}
              >
                {t('invitations.revoke')}
              </Button>
            </td>
          </tr>
        ))}
      </DataTable>
    </Section>
  )
}

function useRenew(onLink: (invitation: Invitation) => void) {
  const api = useApi()
  return useMutation({
    mutationFn: (id: string) => api.post<Invitation>(`/invitations/${id}/link`),
    onSuccess: onLink,
  })
}

function useRevoke() {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.remove(`/invitations/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.key('invitation') }),
  })
}
