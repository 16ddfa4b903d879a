import { Button, Paper, Text, Title } from '@mantine/core'
import { IconDeviceMobile, IconStethoscope } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Connector } from '../../contract/index.ts'
import { FlagNotes } from '../notices/flag-notes.tsx'
import { TimeText } from '../platform/format/time-text.tsx'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { StateBadge } from '../platform/state/state-badge.tsx'
import { useCan, useMe } from '../workspaces/me.ts'
import { CheckSteps } from './check-steps.tsx'
import classes from './connector-card.module.css'
import { ConnectorMenu } from './connector-menu.tsx'
import { NumberRow } from './number-row.tsx'
import { useCheckConnector } from './use-check-connector.ts'
import { WebhookFields } from './webhook-fields.tsx'

/** One account: its state, numbers, what to paste at Meta, and the last check. */
export function ConnectorCard({ connector }: { connector: Connector }) {
  const { t } = useTranslation('connectors')
  const mayManage = useCan('admin')
  const check = useCheckConnector(connector)
  return (
    <Paper withBorder radius="lg" component="section" aria-label={connector.name}>
      <header className={classes.head}>
        <div className={classes.name}>
          <Title order={2}>{connector.name}</Title>
          <Text size="sm" c="dimmed">
            {t(`provider.${connector.provider}`)}
            {connector.waba_id && ` · ${t('account', { id: connector.waba_id })}`}
          </Text>
        </div>
        <StateBadge state={connector.status} />
        <div className={classes.actions}>
          {connector.provider === 'sandbox' && <SimulatorButton />}
          {mayManage && (
            <>
              <Button
                variant="default"
                size="xs"
                fz="sm"
                leftSection={<IconStethoscope size={16} />}
                loading={check.isPending}
                onClick={() => check.mutate()}
              >
                {t('check.do')}
              </Button>
              <ConnectorMenu connector={connector} />
            </>
          )}
        </div>
      </header>
      {connector.flags.length > 0 && (
        <div className={classes.part}>
          <FlagNotes flags={connector.flags} nameOf={(id) => nameIn(connector, id)} />
        </div>
      )}
      {check.error && (
        <div className={classes.part}>
          <ErrorNote error={check.error} />
        </div>
      )}
      {connector.last_check && (
        <CheckSteps
          key={connector.last_checked_at}
          check={connector.last_check}
          at={connector.last_checked_at}
        />
      )}
      <ul className={classes.numbers}>
        {connector.numbers.map((number) => (
          <NumberRow key={number.id} number={number} />
        ))}
      </ul>
      {mayManage && connector.provider !== 'sandbox' && <WebhookFields connector={connector} />}
      <footer className={classes.foot}>
        <span>
          {t('lastWebhook')}{' '}
          {connector.last_webhook_at ? (
            <TimeText at={connector.last_webhook_at} look="relative" />
          ) : (
            t('never')
          )}
        </span>
        <span>
          {t('templatesSynced')}{' '}
          {connector.templates_synced_at ? (
            <TimeText at={connector.templates_synced_at} look="relative" />
          ) : (
            t('never')
          )}
        </span>
      </footer>
    </Paper>
  )
}

/** Of a number, or of the account itself. */
function nameIn({ name, numbers }: Connector, id: string): string {
  const number = numbers.find((one) => one.id === id)
  return number ? number.verified_name || number.display_phone_number : name
}

function SimulatorButton() {
  const { t } = useTranslation('connectors')
  const { installation } = useMe()
  if (!installation.sandbox_url) return null
  return (
    <Button
      component="a"
      href={installation.sandbox_url}
      target="_blank"
      rel="noreferrer"
      size="xs"
      fz="sm"
      leftSection={<IconDeviceMobile size={16} />}
    >
      {t('sandbox.simulator')}
    </Button>
  )
}
