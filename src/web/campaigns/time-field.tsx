import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { readTime } from './opening-hours.ts'

interface TimeFieldProps {
  label: string
  value: string
  hasFault: boolean
  onChange: (time: string) => void
}

/** A time of day as people type it: "9", "930", "18:00", "24:00". Not `type="time"`, which knows no 24:00. */
export function TimeField({ label, value, hasFault, onChange }: TimeFieldProps) {
  const [text, setText] = useState<string | null>(null)
  const finish = () => {
    const time = readTime(text ?? value)
    if (time !== null && time !== value) onChange(time)
    setText(null)
  }
  return (
    <TextInput
      aria-label={label}
      value={text ?? value}
      error={hasFault || (text !== null && text.length > 3 && readTime(text) === null)}
      w={74}
      inputMode="numeric"
      maxLength={8}
      styles={{ input: { textAlign: 'center', fontVariantNumeric: 'tabular-nums' } }}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => event.key === 'Enter' && finish()}
    />
  )
}
