import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Connector } from '../../contract/index.ts'
import { CopyField } from '../platform/page/copy-field.tsx'
import classes from './connector-card.module.css'

/** What Meta's webhook form asks for, ready to be pasted. */
export function WebhookFields({ connector }: { connector: Connector }) {
  const { t } = useTranslation('connectors')
  return (
    <div className={classes.webhook}>
      <Text size="sm" c="dimmed">
        {connector.last_webhook_at ? t('webhook.works') : t('webhook.paste')}
      </Text>
      <CopyField label={t('webhook.url')} value={connector.webhook_url} />
      {connector.verify_token && (
        <CopyField label={t('webhook.verifyToken')} value={connector.verify_token} />
      )}
    </div>
  )
}
