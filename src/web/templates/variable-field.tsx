import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TemplateVariable } from '../../contract/index.ts'

interface VariableFieldProps {
  variable: TemplateVariable
  value: string
  error: string | null
  isFirst: boolean
  onChange: (value: string) => void
}

/** One value of a template, named by where it stands, with the reviewer's sample as an example. */
export function VariableField({ variable, value, error, isFirst, onChange }: VariableFieldProps) {
  const label = useVariableLabel()(variable)
  return (
    <TextInput
      label={label}
      placeholder={variable.sample ?? ''}
      value={value}
      error={error}
      autoFocus={isFirst}
      onChange={(event) => onChange(event.currentTarget.value)}
      dir="auto"
    />
  )
}

/** "Text {{1}}", "Image address": names a variable for people. */
export function useVariableLabel(): (variable: TemplateVariable) => string {
  const { t } = useTranslation('templates')
  return ({ key, place, kind }) => {
    if (kind !== 'text') return t(`picker.place.${kind}`)
    return t(`picker.place.${place}`, {
      name: `{{${key.split('.').at(-1)}}}`,
      interpolation: { skipOnVariables: true },
    })
  }
}
