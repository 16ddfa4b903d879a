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

interface MetaFields {
  name: string
  phone_number_id: string
  access_token: string
  app_secret: string
  verify_token: string
  waba_id: string
}

/** The four values of Meta's app page; the hub tries them before it keeps them and says which one is wrong. */
export function ConnectMetaModal({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation('connectors')
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('meta.title')} size="lg">
      <MetaForm onDone={onClose} />
    </Modal>
  )
}

function MetaForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation(['connectors', 'shell'])
  const form = useMetaForm()
  const connect = useConnectMeta({ onDone, onRefused: (error) => form.setErrors(fieldErrors(error)) })
  const isNamedAtField = Object.keys(form.errors).length > 0
  return (
    <form onSubmit={form.onSubmit((values) => connect.mutate(values))} noValidate autoComplete="off">
      <Stack>
        <Alert variant="light" color="gray">
          {t('meta.where')}
        </Alert>
        {connect.error && !isNamedAtField && <ErrorNote error={connect.error} />}
        <TextInput
          label={t('meta.name')}
          description={t('meta.nameHint')}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('meta.phoneNumberId')}
          description={t('meta.phoneNumberIdHint')}
          inputMode="numeric"
          {...form.getInputProps('phone_number_id')}
        />
        <PasswordField
          label={t('meta.accessToken')}
          description={t('meta.accessTokenHint')}
          autoComplete="off"
          {...form.getInputProps('access_token')}
        />
        <PasswordField
          label={t('meta.appSecret')}
          description={t('meta.appSecretHint')}
          autoComplete="off"
          {...form.getInputProps('app_secret')}
        />
        <TextInput
          label={t('meta.verifyToken')}
          description={t('meta.verifyTokenHint')}
          {...form.getInputProps('verify_token')}
        />
        <TextInput
          label={t('meta.wabaId')}
          description={t('meta.wabaIdHint')}
          inputMode="numeric"
          {...form.getInputProps('waba_id')}
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

function useMetaForm() {
  const { t } = useTranslation('connectors')
  const digits = (value: string) => (/^[0-9]{5,25}$/.test(value.trim()) ? null : t('meta.digitsOnly'))
  const present = (value: string) => (value.trim() ? null : t('meta.missing'))
  return useForm<MetaFields>({
    initialValues: {
      name: '',
      phone_number_id: '',
      access_token: '',
      app_secret: '',
      verify_token: crypto.randomUUID(),
      waba_id: '',
    },
    validate: {
      name: present,
      phone_number_id: digits,
      access_token: present,
      app_secret: present,
      verify_token: present,
      waba_id: (value) => (value.trim() === '' ? null : digits(value)),
    },
  })
}

function useConnectMeta({ onDone, onRefused }: { onDone: () => void; onRefused: (error: Error) => void }) {
  const { t } = useTranslation('connectors')
  const api = useApi()
  const changed = useConnectorChanged()
  return useMutation({
    mutationFn: ({ waba_id, ...fields }: MetaFields) =>
      api.post<Connector>('/connectors', {
        provider: 'meta',
        ...fields,
        ...(waba_id.trim() ? { waba_id } : {}),
      }),
    onSuccess: async () => {
      await changed()
      notifications.show({ message: t('meta.done') })
      onDone()
    },
    onError: onRefused,
  })
}
