import { Modal, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { PasswordField } from '../platform/page/password-field.tsx'
import { randomKey } from '../platform/random-key.ts'
import { ConnectForm } from './connect-form.tsx'

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
  const { t } = useTranslation('connectors')
  const form = useMetaForm()
  return (
    <ConnectForm
      form={form}
      where={t('meta.where')}
      done={t('meta.done')}
      bodyOf={({ waba_id, ...fields }) => ({
        provider: 'meta',
        ...fields,
        ...(waba_id.trim() ? { waba_id } : {}),
      })}
      onDone={onDone}
    >
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
    </ConnectForm>
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
      verify_token: randomKey(),
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
