import { Stack, Switch, Textarea } from '@mantine/core'
import type { ReactNode } from 'react'

interface AnswerFieldProps {
  label: string
  /** What the text begins as. */
  suggestion: string
  readOnly: boolean
  /** Null: nothing is answered. */
  value?: string | null
  error?: ReactNode
  onChange?: (text: string | null) => void
}

/** A switch, and the words once it is on. */
export function AnswerField({ label, suggestion, readOnly, value, error, onChange }: AnswerFieldProps) {
  const isOn = value !== null && value !== undefined
  return (
    <Stack gap={8}>
      <Switch
        label={label}
        checked={isOn}
        disabled={readOnly}
        onChange={(event) => onChange?.(event.currentTarget.checked ? suggestion : null)}
      />
      {isOn && (
        <Textarea
          aria-label={label}
          value={value}
          error={error}
          maxLength={1024}
          autosize
          minRows={2}
          dir="auto"
          readOnly={readOnly}
          onChange={(event) => onChange?.(event.currentTarget.value)}
        />
      )}
    </Stack>
  )
}
