import { Anchor, Collapse, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAlertCircle, IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Message, MessageError, Reply } from '../../contract/index.ts'
import { ErrorCodeButton } from '../sending/error-code-button.tsx'
import { replyAgain } from './reply-again.ts'
import classes from './thread-view.module.css'

/** Accepted, and not delivered yet: nothing failed, and there is nothing to do. */
export function MessageDelay({ error }: { error: MessageError }) {
  return (
    <div className={classes.failure}>
      <div className={classes.delayText}>
        <IconClock size={16} aria-hidden />
        <span>{error.reason}</span>
      </div>
    </div>
  )
}

interface MessageFailureProps {
  message: Message
  error: MessageError
  onSendAgain: (reply: Reply, text: string) => void
}

/** Why it wasn't delivered and what to do, in words; the provider's code behind "Details". */
export function MessageFailure({ message, error, onSendAgain }: MessageFailureProps) {
  const { t } = useTranslation('messages')
  const [isOpen, { toggle }] = useDisclosure()
  const again = replyAgain(message)
  return (
    <div className={classes.failure}>
      <div className={classes.failureText}>
        <IconAlertCircle size={16} aria-hidden />
        <span>{error.reason}</span>
      </div>
      {error.advice && <div className={classes.failureMore}>{error.advice}</div>}
      <div className={classes.failureActions}>
        {again && (
          <Anchor component="button" size="sm" onClick={() => onSendAgain(again.reply, again.text)}>
            {t('failed.again')}
          </Anchor>
        )}
        <Anchor component="button" size="sm" onClick={toggle} aria-expanded={isOpen}>
          {t('failed.details')}
        </Anchor>
      </div>
      <Collapse expanded={isOpen}>
        <Text size="sm" c="dimmed">
          <ErrorCodeButton code={error.code} />: {error.title}
        </Text>
        {error.detail && (
          <Text size="sm" c="dimmed">
            {error.detail}
          </Text>
        )}
      </Collapse>
    </div>
  )
}
