import { ActionIcon, Popover, Tooltip, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCornerUpLeft, IconMoodPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './thread-view.module.css'

const emojis = ['👍', '❤️', '😂', '😮', '😢', '🙏']

interface MessageActionsProps {
  /** Our own reaction; choosing it again takes it back. */
  chosen: string | undefined
  onQuote: () => void
  onReact: (emoji: string) => void
}

/** Beside a message while it is pointed at or focused: quote it, react to it. */
export function MessageActions({ chosen, onQuote, onReact }: MessageActionsProps) {
  const { t } = useTranslation('inbox')
  const [isOpen, { close, toggle }] = useDisclosure()
  return (
    <div className={classes.actions} data-open={isOpen || undefined}>
      <Tooltip label={t('quote')}>
        <ActionIcon onClick={onQuote} aria-label={t('quote')} radius="xl">
          <IconCornerUpLeft size={17} />
        </ActionIcon>
      </Tooltip>
      <Popover opened={isOpen} onChange={close} shadow="md" radius="xl" trapFocus>
        <Popover.Target>
          <ActionIcon onClick={toggle} aria-label={t('react')} radius="xl">
            <IconMoodPlus size={17} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown p={5}>
          <div className={classes.emojis}>
            {emojis.map((emoji) => (
              <UnstyledButton
                key={emoji}
                className={classes.emoji}
                aria-pressed={emoji === chosen}
                aria-label={t('reactWith', { emoji })}
                onClick={() => {
                  onReact(emoji === chosen ? '' : emoji)
                  close()
                }}
              >
                {emoji}
              </UnstyledButton>
            ))}
          </div>
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}
