import { Button, Group, Stack, TagsInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { consentWordMax } from '../../../contract/consent-words.ts'
import type { ConsentSettings } from '../../../contract/index.ts'
import { fieldErrors } from '../../platform/api/field-errors.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { Form } from '../../platform/page/form.tsx'
import { useCan } from '../../workspaces/me.ts'
import { AnswerField } from './answer-field.tsx'

type Values = Pick<ConsentSettings, 'stop_words' | 'start_words' | 'stop_confirmation' | 'start_confirmation'>

export function ConsentForm({ settings }: { settings: ConsentSettings }) {
  const { t } = useTranslation(['settings', 'shell'])
  const mayChange = useCan('admin')
  const { stop_words, start_words, stop_confirmation, start_confirmation, defaults } = settings
  const form = useForm<Values>({
    initialValues: { stop_words, start_words, stop_confirmation, start_confirmation },
    validate: {
      stop_words: (words) => (words.length > 0 ? null : t('consent.wordMissing')),
      start_words: (words) => (words.length > 0 ? null : t('consent.wordMissing')),
      stop_confirmation: (text) => (text === null || text.trim() ? null : t('consent.answerMissing')),
      start_confirmation: (text) => (text === null || text.trim() ? null : t('consent.answerMissing')),
    },
  })
  const save = useSave((error) => form.setErrors(ofFields(fieldErrors(error))))
  const words = {
    maxLength: consentWordMax,
    splitChars: [',', ';'],
    acceptValueOnBlur: true,
    readOnly: !mayChange,
  }
  return (
    <Form form={form} onSubmit={(values) => save.mutate(values)}>
      <Stack gap="lg">
        {save.error && Object.keys(form.errors).length === 0 && <ErrorNote error={save.error} />}
        <TagsInput
          label={t('consent.stopWords')}
          description={mayChange ? t('consent.wordsHint') : t('workspace.askAdmin')}
          {...words}
          {...form.getInputProps('stop_words')}
        />
        <AnswerField
          label={t('consent.stopAnswer')}
          suggestion={t('consent.stopSuggestion')}
          readOnly={!mayChange}
          {...form.getInputProps('stop_confirmation')}
        />
        <TagsInput label={t('consent.startWords')} {...words} {...form.getInputProps('start_words')} />
        <AnswerField
          label={t('consent.startAnswer')}
          suggestion={t('consent.startSuggestion')}
          readOnly={!mayChange}
          {...form.getInputProps('start_confirmation')}
        />
        {mayChange && (
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t('shell:save')}
            </Button>
            <Button variant="default" onClick={() => form.setValues({ ...defaults })}>
              {t('consent.defaults')}
            </Button>
          </Group>
        )}
      </Stack>
    </Form>
  )
}

/** The server names the word within its field; the field shows it. */
function ofFields(errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([path, message]) => [path.replace(/\.\d+$/, ''), message]),
  )
}

function useSave(onRefused: (error: Error) => void) {
  const { t } = useTranslation('settings')
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (values: Values) => api.put<ConsentSettings>('/consent-settings', values),
    onSuccess: (saved) => {
      queries.setQueryData(api.key('consent_settings'), saved)
      notifications.show({ message: t('consent.saved') })
    },
    onError: onRefused,
  })
}
