import { Button, Group, Modal, Progress, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNote } from './error-state.tsx'

interface ConfirmModalProps {
  isOpen: boolean
  title: string
  /** What is lost, or that nothing is. */
  text: string
  /** The button's words: the act itself, never "OK". */
  confirm: string
  /** The way out, where "Cancel" could be taken for the act. */
  keep?: string
  /** Nothing is taken away: the button is no red one. */
  isHarmless?: boolean
  /** A word to be typed, only for what can't be undone. */
  word?: string
  isPending: boolean
  /** How far a long act is, which closing stops. */
  progress?: { done: number; of: number; words: string }
  error: Error | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks before an act that can't be taken back. */
export function ConfirmModal({
  isOpen,
  title,
  text,
  confirm,
  keep,
  isHarmless = false,
  word,
  isPending,
  progress,
  error,
  onConfirm,
  onClose,
}: ConfirmModalProps) {
  const { t } = useTranslation('shell')
  const [typed, setTyped] = useState('')
  return (
    <Modal opened={isOpen} onClose={onClose} title={title}>
      <Stack>
        <Text>{text}</Text>
        {word && (
          <TextInput
            label={t('confirmWord', { word })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
          />
        )}
        {progress && (
          <div>
            <Text size="sm" mb={6} className="numeric" aria-live="polite">
              {progress.words}
            </Text>
            <Progress value={(progress.done / progress.of) * 100} aria-label={progress.words} />
          </div>
        )}
        {error && <ErrorNote error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {progress ? t('stop') : (keep ?? t('cancel'))}
          </Button>
          <Button
            {...(isHarmless ? {} : { color: 'red' })}
            loading={isPending}
            disabled={word !== undefined && typed !== word}
            onClick={onConfirm}
          >
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
