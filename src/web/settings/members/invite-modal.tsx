import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Invitation, InviteMember } from '../../../contract/index.ts'
import { fieldErrors } from '../../platform/api/field-errors.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { Form } from '../../platform/page/form.tsx'
import { RoleSelect } from '../role-select.tsx'

interface InviteModalProps {
  isOpen: boolean
  onClose: () => void
  onInvited: (invitation: Invitation) => void
}

export function InviteModal({ isOpen, onClose, onInvited }: InviteModalProps) {
  const { t } = useTranslation('settings')
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('invite.title')}>
      <InviteForm onClose={onClose} onInvited={onInvited} />
    </Modal>
  )
}

function InviteForm({ onClose, onInvited }: Pick<InviteModalProps, 'onClose' | 'onInvited'>) {
  const { t } = useTranslation(['settings', 'shell'])
  const api = useApi()
  const queries = useQueryClient()
  const form = useForm<InviteMember>({
    initialValues: { email: '', role: 'agent' },
    validate: { email: (email) => (/^\S+@\S+\.\S+$/.test(email) ? null : t('invite.emailWrong')) },
  })
  const invite = useMutation({
    mutationFn: (values: InviteMember) => api.post<Invitation>('/invitations', values),
    onSuccess: async (invitation) => {
      await queries.invalidateQueries({ queryKey: api.key('invitation') })
      onClose()
      onInvited(invitation)
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  })
  return (
    <Form form={form} onSubmit={(values) => invite.mutate(values)}>
      <Stack>
        {invite.error && Object.keys(form.errors).length === 0 && <ErrorNote error={invite.error} />}
        <TextInput
          data-autofocus
          type="email"
          label={t('invite.email')}
          description={t('invite.emailHint')}
          {...form.getInputProps('email')}
        />
        <RoleSelect
          label={t('members.role')}
          value={form.getValues().role}
          onChange={(role) => form.setFieldValue('role', role)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('shell:cancel')}
          </Button>
          <Button type="submit" loading={invite.isPending}>
            {t('invite.button')}
          </Button>
        </Group>
      </Stack>
    </Form>
  )
}
