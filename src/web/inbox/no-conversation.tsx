import { Group, Kbd, Text } from '@mantine/core'
import { IconMessages } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../platform/page/empty-state.tsx'
import classes from './inbox-page.module.css'

const keys = ['j', 'k', 'r', 'e'] as const

/** Before one is chosen: the keys that make it quick. */
export function NoConversation() {
  const { t } = useTranslation('inbox')
  return (
    <div className={classes.none}>
      <EmptyState
        icon={IconMessages}
        title={t('choose.title')}
        text={t('choose.text')}
        action={
          <Group gap="md" justify="center">
            {keys.map((key) => (
              <Text key={key} size="sm" c="dimmed">
                <Kbd>{key}</Kbd> {t(`choose.key.${key}`)}
              </Text>
            ))}
          </Group>
        }
      />
    </div>
  )
}
