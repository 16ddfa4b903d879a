import { Button, Paper, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Endpoint } from '../../contract/index.ts'
import { useNumbers } from '../connectors/connectors.ts'
import { formatPhone } from '../platform/format/phone.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { StateBadge } from '../platform/state/state-badge.tsx'
import { useCan } from '../workspaces/me.ts'
import classes from './endpoint-card.module.css'
import { EndpointFigures } from './endpoint-figures.tsx'
import { EndpointMenu } from './endpoint-menu.tsx'
import { EndpointModal } from './endpoint-modal.tsx'
import { EndpointNotes } from './endpoint-notes.tsx'
import { ReplayModal } from './replay-modal.tsx'
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
  const [isReplaying, replaying] = useDisclosure()
  const act = useEndpointAct(endpoint, onSecret)
  const mayManage = useCan('admin')
  return (
    <Paper withBorder radius="lg" component="section" aria-label={endpoint.name} className={classes.card}>
      <header className={classes.head}>
        <div className={classes.name}>
          <Title order={2}>{endpoint.name}</Title>
          <Text className={classes.url} lineClamp={2} title={endpoint.destination_url}>
            {endpoint.destination_url}
          </Text>
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
            <EndpointMenu endpoint={endpoint} act={act} onEdit={editing.open} onReplay={replaying.open} />
          </div>
        )}
      </header>
      <EndpointNotes endpoint={endpoint} act={act} />
      {act.error && (
        <div className={classes.part}>
          <ErrorNote error={act.error} />
        </div>
      )}
      <EndpointFigures endpoint={endpoint} />
      <ul className={classes.events} aria-label={t('events')}>
        {endpoint.events.map((event) => (
          <li key={event}>{event}</li>
        ))}
      </ul>
      <Foot endpoint={endpoint} />
      {mayManage && (
        <>
          <EndpointModal
            endpoint={endpoint}
            isOpen={isEditing}
            onClose={editing.close}
            onSaved={() => undefined}
          />
          <ReplayModal endpoint={endpoint} isOpen={isReplaying} onClose={replaying.close} />
        </>
      )}
    </Paper>
  )
}

/** How it wants to be told. */
function Foot({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks')
  const number = useNumbers().get(endpoint.number_id ?? '')
  const { format, rate_per_second: rate, ordered } = endpoint
  return (
    <footer className={classes.foot}>
      <span>{t(`format.${format}`)}</span>
      {number && <span>{t('onlyNumber', { number: formatPhone(number.phone) })}</span>}
      {rate !== null && <span>{t('rate', { count: rate })}</span>}
      {ordered && <span>{t('ordered')}</span>}
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
