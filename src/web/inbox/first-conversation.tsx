import { Button } from '@mantine/core'
import { IconDeviceMobile, IconInbox } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useConnectors } from '../connectors/connectors.ts'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { LinkButton } from '../platform/page/link-button.tsx'
import { useMe } from '../workspaces/me.ts'

/** Nobody waits: because all is answered, or because no number is connected, or nobody wrote so far. */
export function FirstConversation() {
  const { t } = useTranslation('inbox')
  const { installation } = useMe()
  const { data: connectors } = useConnectors()
  if (!connectors) return null
  if (connectors.length === 0) {
    return (
      <EmptyState
        icon={IconInbox}
        title={t('nothing.number')}
        text={t('nothing.numberText')}
        action={
          <LinkButton from="/w/$workspace" to="/w/$workspace/numbers">
            {t('nothing.connect')}
          </LinkButton>
        }
      />
    )
  }
  const hasSandbox = connectors.some((connector) => connector.provider === 'sandbox')
  return (
    <EmptyState
      icon={IconInbox}
      title={t('nothing.open')}
      text={t('nothing.openText')}
      action={
        hasSandbox &&
        installation.sandbox_url && (
          <Button
            component="a"
            href={installation.sandbox_url}
            target="_blank"
            rel="noreferrer"
            variant="default"
            leftSection={<IconDeviceMobile size={16} />}
          >
            {t('nothing.simulator')}
          </Button>
        )
      }
    />
  )
}
