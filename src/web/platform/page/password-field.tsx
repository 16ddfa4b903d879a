import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** A field for a password or another secret, with an eye to look at what was typed. */
export function PasswordField(props: PasswordInputProps) {
  const { t } = useTranslation('shell')
  return (
    <PasswordInput
      visibilityToggleButtonProps={{ 'aria-label': t('showSecret') }}
      aria-invalid={Boolean(props.error)}
      {...props}
    />
  )
}
