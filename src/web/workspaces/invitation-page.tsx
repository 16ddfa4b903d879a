import { Button, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AcceptInvitation } from '../../contract/index.ts'
import { fieldErrors } from '../platform/api/field-errors.ts'
import { personApi } from '../platform/api/use-api.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { Form } from '../platform/page/form.tsx'
import { PasswordField } from '../platform/page/password-field.tsx'
import { DoorFrame } from './door-frame.tsx'

const route = getRouteApi('/invitation')

/** Opened with the link of an invitation: the person gives a name and a password and is in. */
export function InvitationPage() {
  const { t } = useTranslation('workspaces')
  const { token } = route.useSearch()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', password: '' },
    validate: {
      name: (value) => (value.trim() ? null : t('field.nameMissing')),
      password: (value) => (value.length >= 8 ? null : t('field.passwordShort')),
    },
  })
  const accept = useMutation({
    mutationFn: (input: AcceptInvitation) => personApi.post('/invitations/accept', input),
    onSuccess: async () => {
      queries.clear()
      await navigate({ to: '/' })
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  })
  return (
    <DoorFrame title={t('invitation.title')} text={t('invitation.text')}>
      <Form form={form} onSubmit={(values) => accept.mutate({ ...values, token })}>
        <Stack>
          {accept.error && <ErrorNote error={accept.error} />}
          <TextInput
            label={t('field.yourName')}
            autoComplete="name"
            autoFocus
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          <PasswordField
            label={t('field.password')}
            description={t('field.passwordHint')}
            autoComplete="new-password"
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" mt="xs" loading={accept.isPending}>
            {t('invitation.button')}
          </Button>
        </Stack>
      </Form>
    </DoorFrame>
  )
}
