import { Button, Group, NumberInput, Stack, Switch } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { List, UpdateList } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { Section } from '../../platform/page/section.tsx'
import { useKeepList } from '../hubs.ts'

const weightMax = 100

/** Whether it may go on by itself, and its share of the number. */
export function ListSettings({ list }: { list: List }) {
  const { t } = useTranslation('hubs')
  const update = useUpdateList(list)
  const [isOn, setOn] = useState(list.auto_resume)
  const turn = (on: boolean) => {
    setOn(on)
    update.mutate({ auto_resume: on }, { onError: () => setOn(!on) })
  }
  return (
    <Section title={t('settings.title')}>
      <Stack>
        <Switch
          label={t('settings.auto')}
          description={t('settings.autoHint')}
          checked={isOn}
          onChange={(event) => turn(event.currentTarget.checked)}
        />
        <WeightField
          list={list}
          isPending={update.isPending && update.variables.weight !== undefined}
          onSave={(weight) => update.mutate({ weight })}
        />
        {update.error && <ErrorNote error={update.error} />}
      </Stack>
    </Section>
  )
}

interface WeightFieldProps {
  list: List
  isPending: boolean
  onSave: (weight: number) => void
}

function WeightField({ list, isPending, onSave }: WeightFieldProps) {
  const { t } = useTranslation(['hubs', 'shell'])
  const [typed, setTyped] = useState<number | string>(list.weight)
  const isGood = typeof typed === 'number' && Number.isInteger(typed) && typed >= 1 && typed <= weightMax
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (isGood) onSave(typed)
  }
  return (
    <form onSubmit={save} noValidate>
      <NumberInput
        label={t('settings.weight')}
        description={t('settings.weightHint')}
        error={!isGood && t('settings.weightRange')}
        value={typed}
        onChange={setTyped}
        allowDecimal={false}
        allowNegative={false}
        inputContainer={(input) => (
          <Group gap="xs" wrap="nowrap" align="flex-start">
            {input}
            {typed !== list.weight && (
              <Button type="submit" disabled={!isGood} loading={isPending}>
                {t('shell:save')}
              </Button>
            )}
          </Group>
        )}
      />
    </form>
  )
}

function useUpdateList(list: List) {
  const { t } = useTranslation('hubs')
  const api = useApi()
  const keep = useKeepList()
  return useMutation({
    mutationFn: (changes: UpdateList) => api.patch<List>(`/lists/${list.id}`, changes),
    onSuccess: (after) => {
      keep(after)
      notifications.show({ message: t('settings.saved') })
    },
  })
}
