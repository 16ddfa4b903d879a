import { Button } from '@mantine/core'
import { IconDeviceMobile, IconFlask, IconInbox } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Checklist } from '../../contract/index.ts'
import { useCreateSandbox } from '../connectors/use-create-sandbox.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { LinkButton } from '../platform/page/link-button.tsx'
import { useCan, useMe } from './me.ts'

/** What to press for a step of the first-run checklist. */
export function StepAction({ step }: { step: keyof Checklist }) {
  switch (step) {
    case 'connected':
      return <ConnectAction />
    case 'received_message':
      return <SimulatorAction />
    case 'sent_reply':
      return <InboxAction />
    case 'created_hub':
    case 'finished_list':
      return <HubsAction />
  }
}

function ConnectAction() {
  const { t } = useTranslation('workspaces')
  const { installation } = useMe()
  const sandbox = useCreateSandbox()
  const mayConnect = useCan('admin')
  if (!mayConnect) return <>{t('start.askAdmin')}</>
  return (
    <>
      {sandbox.error && <ErrorNote error={sandbox.error} />}
      {installation.sandbox_url && (
        <Button
          leftSection={<IconFlask size={17} />}
          loading={sandbox.isPending}
          onClick={() => sandbox.mutate(t('start.sandboxName'))}
        >
          {t('start.action.sandbox')}
        </Button>
      )}
      <LinkButton
        variant="default"
        from="/w/$workspace"
        to="/w/$workspace/numbers"
        search={{ connect: 'meta' }}
      >
        {t('start.action.meta')}
      </LinkButton>
    </>
  )
}

function SimulatorAction() {
  const { t } = useTranslation('workspaces')
  const { installation } = useMe()
  return (
    <>
      {installation.sandbox_url && (
        <Button
          component="a"
          href={installation.sandbox_url}
          target="_blank"
          rel="noreferrer"
          leftSection={<IconDeviceMobile size={17} />}
        >
          {t('start.action.simulator')}
        </Button>
      )}
      <LinkButton variant="default" from="/w/$workspace" to="/w/$workspace/numbers">
        {t('start.action.numbers')}
      </LinkButton>
    </>
  )
}

function InboxAction() {
  const { t } = useTranslation('workspaces')
  return (
    <LinkButton leftSection={<IconInbox size={17} />} from="/w/$workspace" to="/w/$workspace/inbox">
      {t('start.action.inbox')}
    </LinkButton>
  )
}

function HubsAction() {
  const { t } = useTranslation('workspaces')
  if (!useCan('supervisor')) return <>{t('start.askSupervisor')}</>
  return (
    <LinkButton from="/w/$workspace" to="/w/$workspace/hubs">
      {t('start.action.hubs')}
    </LinkButton>
  )
}
