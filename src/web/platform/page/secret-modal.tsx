import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconKey } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyField } from './copy-field.tsx'
import { Note } from './note.tsx'

interface SecretModalProps {
  title: string
  /** What the secret is called. */
  label: string
  /** Where to put it. */
  text: string
  /** Open as long as there is one. */
  secret: string | null
  warning?: string | undefined
  onClose: () => void
}

/** A secret that is shown once: it closes by its button only, so that no stray click loses it. */
export function SecretModal({ title, label, text, secret, warning, onClose }: SecretModalProps) {
  const { t } = useTranslation('shell')
  return (
    <Modal
      opened={secret !== null}
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Note tone="amber" icon={IconKey}>
          {t('secretOnce')}
        </Note>
        {warning && (
          <Note tone="red" icon={IconAlertTriangle}>
            {warning}
          </Note>
        )}
        <CopyField label={label} value={secret ?? ''} />
        <Text size="sm" c="dimmed">
          {text}
        </Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('secretKept')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
