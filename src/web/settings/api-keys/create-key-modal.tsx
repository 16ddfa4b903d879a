import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ApiKey, Scope } from '../../../contract/index.ts'
import { fieldErrors } from '../../platform/api/field-errors.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { Form } from '../../platform/page/form.tsx'

const scopes = ['read', 'send', 'manage'] as const satisfies readonly Scope[]

interface CreateKeyModalProps {
  isOpen: boolean
  onClose: () => void
  onCreated: (key: ApiKey) => void
}

export function CreateKeyModal({ isOpen, onClose, onCreated }: CreateKeyModalProps) {
  const { t } = useTranslation('settings')
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('keys.create')}>
      <CreateKeyForm onClose={onClose} onCreated={onCreated} />
    </Modal>
  )
}

interface KeyValues {
  name: string
  scopes: Scope[]
}

function CreateKeyForm({ onClose, onCreated }: Pick<CreateKeyModalProps, 'onClose' | 'onCreated'>) {
  const { t } = useTranslation(['settings', 'shell'])
  const form = useForm<KeyValues>({
    initialValues: { name: '', scopes: ['read', 'send'] },
    validate: {
      name: (name) => (name.trim() ? null : t('keys.nameMissing')),
      scopes: (chosen) => (chosen.length > 0 ? null : t('keys.scopesMissing')),
    },
  })
  const create = useCreateKey({
    onRefused: (error) => form.setErrors(fieldErrors(error)),
    onCreated: (key) => {
      onClose()
      onCreated(key)
    },
  })
  return (
    <Form form={form} onSubmit={(values) => create.mutate(values)}>
      <Stack>
        {create.error && Object.keys(form.errors).length === 0 && <ErrorNote error={create.error} />}
        <TextInput
          data-autofocus
          label={t('keys.name')}
          description={t('keys.nameHint')}
          maxLength={120}
          {...form.getInputProps('name')}
        />
        <Checkbox.Group label={t('keys.may')} {...form.getInputProps('scopes')}>
          <Stack gap="sm" mt="xs">
            {scopes.map((scope) => (
              <Checkbox
                key={scope}
                value={scope}
                label={t(`scope.${scope}`)}
                description={t(`scopeHint.${scope}`)}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('shell:cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('keys.create')}
          </Button>
        </Group>
      </Stack>
    </Form>
  )
}

interface CreateKeyOutcomes {
  onCreated: (key: ApiKey) => void
  onRefused: (error: Error) => void
}

function useCreateKey({ onCreated, onRefused }: CreateKeyOutcomes) {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (values: KeyValues) => api.post<ApiKey>('/api-keys', values),
    onSuccess: async (key) => {
      await queries.invalidateQueries({ queryKey: api.key('api_key') })
      onCreated(key)
    },
    onError: onRefused,
  })
}
