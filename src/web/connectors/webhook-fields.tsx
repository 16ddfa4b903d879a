import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Connector } from '../../contract/index.ts'
import { CopyField } from '../platform/page/copy-field.tsx'
import classes from './connector-card.module.css'

/** What the provider's webhook form asks for, ready to be pasted. */
export function WebhookFields({ connector }: { connector: Connector }) {
  const { t } = useTranslation('connectors')
  const hasArrived = connector.last_webhook_at !== null
  const ofMeta = hasArrived ? t('webhook.works') : t('webhook.paste')
  const ofGupshup = hasArrived ? t('webhook.worksGupshup') : t('webhook.pasteGupshup')
  return (
    <div className={classes.webhook}>
      <Text size="sm" c="dimmed">
        {connector.provider === 'gupshup' ? ofGupshup : ofMeta}
      </Text>
      <CopyField label={t('webhook.url')} value={connector.webhook_url} />
      {connector.verify_token && (
        <CopyField label={t('webhook.verifyToken')} value={connector.verify_token} />
      )}
    </div>
  )
}
