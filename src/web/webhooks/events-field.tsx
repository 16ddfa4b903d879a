import { Button, Checkbox, Group, Input, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventType } from '../../contract/index.ts'
import { eventGroups, everyEventType, groupNames } from './event-types.ts'
import classes from './events-field.module.css'

interface EventsFieldProps {
  value: EventType[]
  error: ReactNode
  onChange: (events: EventType[]) => void
}

/** Which events, group by group. */
export function EventsField({ value, error, onChange }: EventsFieldProps) {
  const { t } = useTranslation('webhooks')
  const toggle = (event: EventType) =>
    onChange(value.includes(event) ? value.filter((one) => one !== event) : [...value, event])
  return (
    <fieldset className={classes.field}>
      <Group justify="space-between" mb={6}>
        <Text component="legend" fw={560} size="sm">
          {t('form.events')}
        </Text>
        <Button variant="subtle" size="compact-sm" onClick={() => onChange([...everyEventType])}>
          {t('form.allEvents')}
        </Button>
      </Group>
      <div className={classes.groups}>
        {groupNames.map((name) => (
          <div key={name}>
            <Text size="sm" c="dimmed" mb={6}>
              {t(`group.${name}`)}
            </Text>
            <Stack gap={8}>
              {eventGroups[name].map((event) => (
                <Checkbox
                  key={event}
                  size="sm"
                  label={event}
                  checked={value.includes(event)}
                  onChange={() => toggle(event)}
                />
              ))}
            </Stack>
          </div>
        ))}
      </div>
      {error && <Input.Error mt={6}>{error}</Input.Error>}
    </fieldset>
  )
}
