import { Modal, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { PasswordField } from '../platform/page/password-field.tsx'
import { ConnectForm } from './connect-form.tsx'

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
  const { t } = useTranslation('connectors')
  const form = useGupshupForm()
  return (
    <ConnectForm
      form={form}
      where={t('gupshup.where')}
      done={t('gupshup.done')}
      bodyOf={(fields) => ({ provider: 'gupshup', ...fields })}
      onDone={onDone}
    >
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
    </ConnectForm>
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
