import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Endpoint } from '../../contract/index.ts'
import { useNumbers } from '../connectors/connectors.ts'
import { fieldErrors } from '../platform/api/field-errors.ts'
import { useApi } from '../platform/api/use-api.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { bodyOf, type EndpointValues, formats, valuesOf } from './endpoint-values.ts'
import { useEndpointChanged } from './endpoints.ts'
import { EventsField } from './events-field.tsx'

interface EndpointModalProps {
  /** To be changed; a new one is made without. */
  endpoint?: Endpoint
  isOpen: boolean
  onClose: () => void
  onSaved: (endpoint: Endpoint) => void
}

/** Where events go, and which ones. */
export function EndpointModal({ endpoint, isOpen, onClose, onSaved }: EndpointModalProps) {
  const { t } = useTranslation('webhooks')
  return (
    <Modal opened={isOpen} onClose={onClose} title={endpoint ? t('form.edit') : t('form.new')} size="lg">
      <EndpointForm endpoint={endpoint} onClose={onClose} onSaved={onSaved} />
    </Modal>
  )
}

type FormProps = Pick<EndpointModalProps, 'onClose' | 'onSaved'> & { endpoint: Endpoint | undefined }

function EndpointForm({ endpoint, onClose, onSaved }: FormProps) {
  const { t } = useTranslation(['webhooks', 'shell'])
  const form = useForm<EndpointValues>({
    initialValues: valuesOf(endpoint),
    validate: {
      destination_url: (url) => (URL.canParse(url) ? null : t('form.urlWrong')),
      events: (events) => (events.length > 0 ? null : t('form.eventsMissing')),
    },
  })
  const save = useSaveEndpoint(endpoint, form, (saved) => {
    onClose()
    onSaved(saved)
  })
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        {save.error && Object.keys(form.errors).length === 0 && <ErrorNote error={save.error} />}
        <TextInput
          data-autofocus
          type="url"
          label={t('form.url')}
          description={t('form.urlHint')}
          placeholder="https://example.com/webhooks/parley"
          {...form.getInputProps('destination_url')}
        />
        <TextInput
          label={t('form.name')}
          description={t('form.nameHint')}
          maxLength={120}
          {...form.getInputProps('name')}
        />
        <EventsField
          value={form.getValues().events}
          error={form.errors.events}
          onChange={(events) => form.setFieldValue('events', events)}
        />
        <Choices form={form} isNew={endpoint === undefined} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('shell:cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {endpoint ? t('shell:save') : t('form.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Choices({ form, isNew }: { form: UseFormReturnType<EndpointValues>; isNew: boolean }) {
  const { t } = useTranslation('webhooks')
  const numbers = [...useNumbers().values()]
  return (
    <Group grow align="flex-start">
      <Select
        label={t('form.number')}
        data={[
          { value: '', label: t('form.everyNumber') },
          ...numbers.map((number) => ({ value: number.id, label: number.display_phone_number })),
        ]}
        allowDeselect={false}
        {...form.getInputProps('number_id')}
      />
      {isNew && (
        <Select
          label={t('form.format')}
          data={formats.map((format) => ({ value: format, label: t(`format.${format}`) }))}
          allowDeselect={false}
          {...form.getInputProps('format')}
        />
      )}
    </Group>
  )
}

function useSaveEndpoint(
  endpoint: Endpoint | undefined,
  form: UseFormReturnType<EndpointValues>,
  onSaved: (endpoint: Endpoint) => void,
) {
  const { t } = useTranslation('webhooks')
  const api = useApi()
  const changed = useEndpointChanged()
  return useMutation({
    mutationFn: (values: EndpointValues) => {
      const body = bodyOf(values, endpoint === undefined)
      return endpoint
        ? api.patch<Endpoint>(`/webhook-endpoints/${endpoint.id}`, body)
        : api.post<Endpoint>('/webhook-endpoints', body)
    },
    onSuccess: async (saved) => {
      await changed()
      notifications.show({
        message: saved.warning ?? t('done.saved'),
        ...(saved.warning ? { color: 'yellow' } : {}),
      })
      onSaved(saved)
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  })
}
