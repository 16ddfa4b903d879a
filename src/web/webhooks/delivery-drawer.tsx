import { Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconRepeat } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DeliveryDetail } from '../../contract/index.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { useNow } from '../platform/format/use-now.ts'
import { ErrorNote, ErrorState } from '../platform/page/error-state.tsx'
import { JsonView } from '../platform/page/json-view.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Note } from '../platform/page/note.tsx'
import { StateBadge } from '../platform/state/state-badge.tsx'
import { useCan } from '../workspaces/me.ts'
import { AttemptView } from './attempt-view.tsx'
import { useDelivery, useReplayDelivery } from './deliveries.ts'

interface DeliveryDrawerProps {
  id: string | undefined
  onClose: () => void
  onOpen: (id: string) => void
}

/** One delivery: what was sent, every attempt with its answer, what an error means and how to mend it. */
export function DeliveryDrawer({ id, onClose, onOpen }: DeliveryDrawerProps) {
  const { t } = useTranslation('webhooks')
  const { data: delivery, error, refetch } = useDelivery(id)
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      title={delivery?.event_type ?? t('deliveries.one')}
      size={640}
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!delivery && !error && <LoadingRows count={6} />}
      {delivery && <Details key={delivery.id} delivery={delivery} onOpen={onOpen} />}
    </Drawer>
  )
}

function Details({ delivery, onOpen }: { delivery: DeliveryDetail; onOpen: (id: string) => void }) {
  const { t } = useTranslation('webhooks')
  return (
    <Stack>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <StateBadge state={delivery.state} />
          <Text
            size="sm"
            c="dimmed"
            mt={6}
            lineClamp={3}
            title={delivery.destination_url}
            style={{ overflowWrap: 'anywhere' }}
          >
            {delivery.destination_url}
          </Text>
          <Text size="sm" c="dimmed">
            <TimeText at={delivery.created_at} look="full" />
            {delivery.next_attempt_at && (
              <>
                {' · '}
                <NextAttempt at={delivery.next_attempt_at} />
              </>
            )}
          </Text>
        </div>
        <ReplayButton delivery={delivery} onOpen={onOpen} />
      </Group>
      {delivery.last_error && (
        <Note tone="red" icon={IconAlertTriangle} title={delivery.last_error.message}>
          {delivery.last_error.advice}
        </Note>
      )}
      <section aria-label={t('deliveries.attempts')}>
        <Text fw={600} mb="xs">
          {t('deliveries.attempts')}
        </Text>
        {delivery.bodies_removed && (
          <Text size="sm" c="dimmed" mb="xs">
            {t('deliveries.bodiesRemoved')}
          </Text>
        )}
        {delivery.log.length === 0 && <Text c="dimmed">{t('deliveries.noAttempt')}</Text>}
        {delivery.log.toReversed().map((attempt) => (
          <AttemptView key={attempt.n} attempt={attempt} />
        ))}
      </section>
      {delivery.request_text === null ? (
        <Text c="dimmed">{t('deliveries.noBody')}</Text>
      ) : (
        <JsonView label={t('deliveries.body')} text={delivery.request_text} />
      )}
    </Stack>
  )
}

const overdueAfterMs = 60_000

/** Its time may be past: while the endpoint rests, only one delivery at a time is tried. */
function NextAttempt({ at }: { at: string }) {
  const { t } = useTranslation('webhooks')
  const now = useNow(10_000)
  if (Date.parse(at) < now - overdueAfterMs) return t('deliveries.waitsForEndpoint')
  return (
    <>
      {t('deliveries.next')} <TimeText at={at} look="relative" />
    </>
  )
}

function ReplayButton({ delivery, onOpen }: { delivery: DeliveryDetail; onOpen: (id: string) => void }) {
  const { t } = useTranslation('webhooks')
  const replay = useReplayDelivery(delivery.id, ({ id }) => onOpen(id))
  if (!useCan('admin')) return null
  return (
    <div>
      <Button
        variant="default"
        leftSection={<IconRepeat size={16} />}
        loading={replay.isPending}
        onClick={() => replay.mutate()}
      >
        {t('deliveries.replay')}
      </Button>
      {replay.error && <ErrorNote error={replay.error} />}
    </div>
  )
}
