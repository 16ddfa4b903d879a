import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Endpoint } from '../../contract/index.ts'
import { useConnectors } from '../connectors/connectors.ts'
import { fieldErrors } from '../platform/api/field-errors.ts'
import { useApi } from '../platform/api/use-api.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { Form } from '../platform/page/form.tsx'
import { Note } from '../platform/page/note.tsx'
import { overtakenBy } from './delivery-events.ts'
import { bodyOf, type EndpointValues, valuesOf } from './endpoint-values.ts'
import { useEndpointChanged, useEndpoints } from './endpoints.ts'
import { EventsField } from './events-field.tsx'
import { FormatField } from './format-field.tsx'
import { PaceFields } from './pace-fields.tsx'

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
    <Form form={form} onSubmit={(values) => save.mutate(values)}>
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
        <FormatField
          value={form.getValues().format}
          events={form.getValues().events}
          isFixed={endpoint !== undefined}
          onChange={(format) => form.setFieldValue('format', format)}
        />
        <PaceFields form={form} />
        <Overtaking endpoint={endpoint} values={form.getValues()} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('shell:cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {endpoint ? t('shell:save') : t('form.create')}
          </Button>
        </Group>
      </Stack>
    </Form>
  )
}

/** Said before it is saved: the last saved wins. */
function Overtaking({ endpoint, values }: { endpoint: Endpoint | undefined; values: EndpointValues }) {
  const { t } = useTranslation('webhooks')
  const { data: endpoints = [] } = useEndpoints()
  const { data: connectors = [] } = useConnectors()
  const names = overtakenBy(
    values,
    endpoints.filter(({ id }) => id !== endpoint?.id),
    (number) => connectors.find(({ numbers }) => numbers.some(({ id }) => id === number))?.id,
  )
  if (names.length === 0) return null
  return (
    <Note tone="amber" icon={IconAlertTriangle}>
      {t('form.overtakes', { names: names.join(', ') })}
    </Note>
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
