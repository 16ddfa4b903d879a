import { Button, Paper, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Endpoint } from '../../contract/index.ts'
import { useNumbers } from '../connectors/connectors.ts'
import { formatNumber } from '../platform/format/number.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { Note } from '../platform/page/note.tsx'
import { StateBadge } from '../platform/state/state-badge.tsx'
import { useCan } from '../workspaces/me.ts'
import classes from './endpoint-card.module.css'
import { EndpointMenu } from './endpoint-menu.tsx'
import { EndpointModal } from './endpoint-modal.tsx'
import { useEndpointAct } from './use-endpoint-act.ts'

interface EndpointCardProps {
  endpoint: Endpoint
  /** A secret was made: to be shown once. */
  onSecret: (endpoint: Endpoint) => void
}

const healthStates = {
  working: 'healthy',
  failing: 'degraded',
  resting: 'broken',
  disabled: 'disabled',
} as const

/** One address: does it hear us, what does it hear, and what can be done. */
export function EndpointCard({ endpoint, onSecret }: EndpointCardProps) {
  const { t } = useTranslation('webhooks')
  const [isEditing, editing] = useDisclosure()
  const act = useEndpointAct(endpoint, onSecret)
  const mayManage = useCan('admin')
  return (
    <Paper withBorder radius="lg" component="section" aria-label={endpoint.name} className={classes.card}>
      <header className={classes.head}>
        <div className={classes.name}>
          <Title order={2}>{endpoint.name}</Title>
          <span className={classes.url}>{endpoint.destination_url}</span>
        </div>
        <StateBadge state={healthStates[endpoint.health]} label={t(`health.${endpoint.health}`)} />
        {mayManage && (
          <div className={classes.actions}>
            <Button
              variant="default"
              size="compact-md"
              loading={act.isPending && act.variables === 'test'}
              disabled={!endpoint.enabled}
              onClick={() => act.mutate('test')}
            >
              {t('act.test')}
            </Button>
            <EndpointMenu endpoint={endpoint} act={act} onEdit={editing.open} />
          </div>
        )}
      </header>
      <Trouble endpoint={endpoint} />
      {act.error && (
        <div className={classes.part}>
          <ErrorNote error={act.error} />
        </div>
      )}
      <ul className={classes.events} aria-label={t('events')}>
        {endpoint.events.map((event) => (
          <li key={event}>{event}</li>
        ))}
      </ul>
      <Foot endpoint={endpoint} />
      {mayManage && (
        <EndpointModal
          endpoint={endpoint}
          isOpen={isEditing}
          onClose={editing.close}
          onSaved={() => undefined}
        />
      )}
    </Paper>
  )
}

/** Why events don't arrive, and what to do. */
function Trouble({ endpoint: { health, disabled_reason, failing_since } }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks')
  if (health === 'working' || (health === 'disabled' && disabled_reason === null)) return null
  return (
    <div className={classes.part}>
      <Note tone={health === 'disabled' ? 'red' : 'amber'} icon={IconAlertTriangle}>
        {health === 'disabled' ? disabled_reason : t(`trouble.${health}`)}{' '}
        {failing_since && health !== 'disabled' && (
          <>
            {t('failingSince')} <TimeText at={failing_since} look="relative" />.
          </>
        )}
      </Note>
    </div>
  )
}

function Foot({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks')
  const number = useNumbers().get(endpoint.number_id ?? '')
  const { last_success_at: success, last_failure_at: failure, pending_deliveries: pending } = endpoint
  return (
    <footer className={classes.foot}>
      <span>{t(`format.${endpoint.format}`)}</span>
      {number && <span>{t('onlyNumber', { number: number.display_phone_number })}</span>}
      <span>
        {t('lastSuccess')} {success ? <TimeText at={success} look="relative" /> : t('never')}
      </span>
      {failure && (
        <span>
          {t('lastFailure')} <TimeText at={failure} look="relative" />
        </span>
      )}
      {pending > 0 && <span>{t('pending', { count: pending, n: formatNumber(pending) })}</span>}
      <Link
        from="/w/$workspace"
        to="/w/$workspace/events/deliveries"
        search={{ endpoint: endpoint.id }}
        className={classes.deliveries}
      >
        {t('toDeliveries')}
      </Link>
    </footer>
  )
}
