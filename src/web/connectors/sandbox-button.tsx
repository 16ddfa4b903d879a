import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFlask } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useErrorWords } from '../platform/page/error-state.tsx'
import { useMe } from '../workspaces/me.ts'
import { useCreateSandbox } from './use-create-sandbox.ts'

/** Adds a sandbox with one click; nothing where the hub runs without one, or has one already. */
export function SandboxButton({
  variant = 'filled',
  hasOne,
}: {
  variant?: 'filled' | 'default'
  hasOne: boolean
}) {
  const { t } = useTranslation('connectors')
  const { installation } = useMe()
  const sandbox = useCreateSandbox()
  const words = useErrorWords(sandbox.error)
  if (!installation.sandbox_url || hasOne) return null
  return (
    <>
      <Button
        variant={variant}
        leftSection={<IconFlask size={16} />}
        loading={sandbox.isPending}
        onClick={() =>
          sandbox.mutate(t('provider.sandbox'), {
            onSuccess: () => notifications.show({ message: t('sandbox.added') }),
          })
        }
      >
        {t('sandbox.add')}
      </Button>
      {sandbox.error && (
        <span role="alert" style={{ color: 'var(--mantine-color-error)', alignSelf: 'center' }}>
          {words.text}
        </span>
      )}
    </>
  )
}
