import { Button, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../contract/index.ts'
import type { Page } from '../platform/api/api.ts'
import { personApi } from '../platform/api/use-api.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { DataTable } from '../platform/page/data-table.tsx'
import { ErrorNote, ErrorState } from '../platform/page/error-state.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Section } from '../platform/page/section.tsx'
import { browserName } from './browser-name.ts'

/** Where am I signed in? */
export function SessionsSettings() {
  const { t } = useTranslation('settings')
  const {
    data: sessions,
    error,
    isPending,
    refetch,
  } = useQuery({
    queryKey: personApi.key('session', 'all'),
    queryFn: ({ signal }) => personApi.get<Page<Session>>('/sessions', {}, signal),
    select: (page) => page.data,
  })
  const end = useEndSession()
  return (
    <Section
      flush
      title={t('tab.sessions')}
      text={sessions && t('sessions.count', { count: sessions.length })}
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {end.error && <ErrorNote error={end.error} />}
      {isPending && <LoadingRows count={2} />}
      {sessions && (
        <DataTable
          label={t('tab.sessions')}
          columns={[
            t('sessions.browser'),
            t('sessions.address'),
            t('sessions.lastSeen'),
            t('sessions.since'),
            '',
          ]}
        >
          {sessions.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              isEnding={end.isPending && end.variables === session.id}
              onEnd={() => end.mutate(session.id)}
            />
          ))}
        </DataTable>
      )}
    </Section>
  )
}

interface SessionRowProps {
  session: Session
  isEnding: boolean
  onEnd: () => void
}

function SessionRow({ session, isEnding, onEnd }: SessionRowProps) {
  const { t } = useTranslation('settings')
  return (
    <tr>
      <td title={session.user_agent ?? undefined}>
        {browserName(session.user_agent) ?? t('sessions.unknown')}
      </td>
      <td data-label={t('sessions.address')} className="numeric">
        {session.ip}
      </td>
      <td data-label={t('sessions.lastSeen')}>
        <TimeText at={session.last_seen_at} look="relative" />
      </td>
      <td data-label={t('sessions.since')}>
        <TimeText at={session.created_at} />
      </td>
      <td>
        {session.current ? (
          <Text size="sm" c="dimmed">
            {t('sessions.current')}
          </Text>
        ) : (
          <Button variant="subtle" color="red" size="compact-sm" loading={isEnding} onClick={onEnd}>
            {t('sessions.end')}
          </Button>
        )}
      </td>
    </tr>
  )
}

function useEndSession() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => personApi.remove(`/sessions/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: personApi.key('session') }),
  })
}
