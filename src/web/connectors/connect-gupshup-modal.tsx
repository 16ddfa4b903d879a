import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Connector } from '../../contract/index.ts'
import { fieldErrors } from '../platform/api/field-errors.ts'
import { useApi } from '../platform/api/use-api.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { PasswordField } from '../platform/page/password-field.tsx'
import { useConnectorChanged } from './connectors.ts'

interface GupshupFields {
  name: string
  app_id: string
  app_name: string
  api_key: string
  source: string
}

/** The values of Gupshup's console; the hub tries them before it keeps them and says which one is wrong. */
export function ConnectGupshupModal({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation('connectors')
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('gupshup.title')} size="lg">
      <GupshupForm onDone={onClose} />
    </Modal>
  )
}

function GupshupForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation(['connectors', 'shell'])
  const form = useGupshupForm()
  const connect = useConnectGupshup({ onDone, onRefused: (error) => form.setErrors(fieldErrors(error)) })
  const isNamedAtField = Object.keys(form.errors).length > 0
  return (
    <form onSubmit={form.onSubmit((values) => connect.mutate(values))} noValidate autoComplete="off">
      <Stack>
        <Alert variant="light" color="gray">
          {t('gupshup.where')}
        </Alert>
        {connect.error && !isNamedAtField && <ErrorNote error={connect.error} />}
        <TextInput
          label={t('meta.name')}
          description={t('gupshup.nameHint')}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('gupshup.appId')}
          description={t('gupshup.appIdHint')}
          {...form.getInputProps('app_id')}
        />
        <TextInput
          label={t('gupshup.appName')}
          description={t('gupshup.appNameHint')}
          {...form.getInputProps('app_name')}
        />
        <PasswordField
          label={t('gupshup.apiKey')}
          description={t('gupshup.apiKeyHint')}
          autoComplete="off"
          {...form.getInputProps('api_key')}
        />
        <TextInput
          label={t('gupshup.source')}
          description={t('gupshup.sourceHint')}
          inputMode="numeric"
          {...form.getInputProps('source')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t('shell:cancel')}
          </Button>
          <Button type="submit" loading={connect.isPending}>
            {t('meta.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function useGupshupForm() {
  const { t } = useTranslation('connectors')
  const present = (value: string) => (value.trim() ? null : t('meta.missing'))
  return useForm<GupshupFields>({
    initialValues: { name: '', app_id: '', app_name: '', api_key: '', source: '' },
    validate: {
      name: present,
      app_id: present,
      app_name: present,
      api_key: present,
      source: (value) => (/^[0-9]{5,25}$/.test(value.trim()) ? null : t('meta.digitsOnly')),
    },
  })
}

function useConnectGupshup({ onDone, onRefused }: { onDone: () => void; onRefused: (error: Error) => void }) {
  const { t } = useTranslation('connectors')
  const api = useApi()
  const changed = useConnectorChanged()
  return useMutation({
    mutationFn: (fields: GupshupFields) =>
      api.post<Connector>('/connectors', { provider: 'gupshup', ...fields }),
    onSuccess: async () => {
      await changed()
      notifications.show({ message: t('gupshup.done') })
      onDone()
    },
    onError: onRefused,
  })
}
