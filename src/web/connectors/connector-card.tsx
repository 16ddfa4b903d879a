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
      <Head connector={connector} isChecking={check.isPending} onCheck={() => check.mutate()} />
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
        <LastTime what={t('lastWebhook')} at={connector.last_webhook_at} />
        <LastTime what={t('templatesSynced')} at={connector.templates_synced_at} />
      </footer>
    </Paper>
  )
}

interface HeadProps {
  connector: Connector
  isChecking: boolean
  onCheck: () => void
}

function Head({ connector, isChecking, onCheck }: HeadProps) {
  const { t } = useTranslation('connectors')
  const mayManage = useCan('admin')
  return (
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
              loading={isChecking}
              onClick={onCheck}
            >
              {t('check.do')}
            </Button>
            <ConnectorMenu connector={connector} />
          </>
        )}
      </div>
    </header>
  )
}

function LastTime({ what, at }: { what: string; at: string | null }) {
  const { t } = useTranslation('connectors')
  return (
    <span>
      {what} {at === null ? t('never') : <TimeText at={at} look="relative" />}
    </span>
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
