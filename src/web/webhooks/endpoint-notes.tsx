import { Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconArrowsShuffle, IconKey } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Endpoint } from '../../contract/index.ts'
import { exactTimeAhead } from '../platform/format/time.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { Note } from '../platform/page/note.tsx'
import { useCan } from '../workspaces/me.ts'
import classes from './endpoint-card.module.css'
import { ReplayNote } from './replay-note.tsx'
import type { useEndpointAct } from './use-endpoint-act.ts'

interface NotesProps {
  endpoint: Endpoint
  act: ReturnType<typeof useEndpointAct>
}

/** What its owner should know just now, each with what can be done about it. */
export function EndpointNotes({ endpoint, act }: NotesProps) {
  return (
    <Stack gap="sm" className={classes.notes}>
      {endpoint.health === 'disabled' ? (
        <Disabled endpoint={endpoint} act={act} />
      ) : (
        endpoint.health !== 'working' && <Trouble endpoint={endpoint} />
      )}
      <Overtaken endpoint={endpoint} />
      <Rotation endpoint={endpoint} act={act} />
      <ReplayNote endpoint={endpoint} />
    </Stack>
  )
}

function Disabled({ endpoint: { disabled_reason, disabled_at }, act }: NotesProps) {
  const { t } = useTranslation('webhooks')
  return (
    <Note tone={disabled_reason === null ? 'grey' : 'red'} icon={IconAlertTriangle}>
      <Offer label={t('act.enableAgain')} act={act} what="enable">
        {disabled_reason ?? t('trouble.byHand')} {disabled_at && <TimeText at={disabled_at} look="full" />}
      </Offer>
    </Note>
  )
}

/** Why events don't arrive, and how to mend it. */
function Trouble({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks')
  const { health, failing_since, next_probe_at, last_error: error } = endpoint
  return (
    <Note tone="amber" icon={IconAlertTriangle} {...(error ? { title: error.message } : {})}>
      {error && <Text size="sm">{error.advice}</Text>}
      <Text size="sm">
        {t(health === 'resting' ? 'trouble.resting' : 'trouble.failing')}{' '}
        {failing_since && (
          <>
            {t('failingSince')} <TimeText at={failing_since} look="relative" />.{' '}
          </>
        )}
        {next_probe_at && t('trouble.nextProbe', { time: exactTimeAhead(next_probe_at) })}
      </Text>
    </Note>
  )
}

function Overtaken({ endpoint: { overtaken_by: names } }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks')
  if (names.length === 0) return null
  return (
    <Note tone="amber" icon={IconArrowsShuffle}>
      {t('overtaken', { names: names.join(', ') })}
    </Note>
  )
}

function Rotation({ endpoint: { previous_secret_until: until }, act }: NotesProps) {
  const { t } = useTranslation('webhooks')
  if (until === null) return null
  return (
    <Note tone="blue" icon={IconKey}>
      <Offer label={t('act.endRotation')} act={act} what="endRotation">
        {t('rotation')} <TimeText at={until} look="full" />.
      </Offer>
    </Note>
  )
}

function Offer({
  label,
  act,
  what,
  children,
}: {
  label: string
  act: NotesProps['act']
  what: 'enable' | 'endRotation'
  children: ReactNode
}) {
  const mayManage = useCan('admin')
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm" flex="1 1 240px">
        {children}
      </Text>
      {mayManage && (
        <Button
          variant="default"
          size="compact-sm"
          loading={act.isPending && act.variables === what}
          onClick={() => act.mutate(what)}
        >
          {label}
        </Button>
      )}
    </Group>
  )
}
