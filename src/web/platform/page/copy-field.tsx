import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from './copy-button.tsx'

interface CopyFieldProps {
  label: string
  value: string
  description?: string
}

/** A value to be pasted elsewhere: readable, selected as a whole on focus, copied with one click. */
export function CopyField({ label, value, description }: CopyFieldProps) {
  const { t } = useTranslation('shell')
  return (
    <TextInput
      label={label}
      description={description}
      value={value}
      readOnly
      onFocus={(event) => event.currentTarget.select()}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } }}
      rightSection={
        <CopyButton value={value} timeout={1600}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? t('copy.done') : t('copy.do')}>
              <ActionIcon
                onClick={copy}
                color={copied ? 'leaf' : 'gray'}
                aria-label={t('copy.named', { label })}
              >
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      }
    />
  )
}
