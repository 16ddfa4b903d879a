import { Button, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SignInRequest } from '../../contract/index.ts'
import { personApi } from '../platform/api/use-api.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { Form } from '../platform/page/form.tsx'
import { PasswordField } from '../platform/page/password-field.tsx'
import { DoorFrame } from './door-frame.tsx'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { t } = useTranslation('workspaces')
  const { next } = route.useSearch()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const form = useForm<SignInRequest>({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : t('field.emailWrong')),
      password: (value) => (value ? null : t('field.passwordMissing')),
    },
  })
  const signIn = useMutation({
    mutationFn: (input: SignInRequest) => personApi.post('/session', input),
    onSuccess: async () => {
      queries.clear()
      await navigate({ href: next ?? '/' })
    },
  })
  return (
    <DoorFrame title={t('signIn.title')} text={t('signIn.text')}>
      <Form form={form} onSubmit={(values) => signIn.mutate(values)}>
        <Stack>
          {signIn.error && <ErrorNote error={signIn.error} title={t('signIn.failed')} />}
          <TextInput
            label={t('field.email')}
            type="email"
            autoComplete="username"
            size="md"
            autoFocus
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordField
            label={t('field.password')}
            autoComplete="current-password"
            size="md"
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" mt="xs" loading={signIn.isPending}>
            {t('signIn.button')}
          </Button>
        </Stack>
      </Form>
    </DoorFrame>
  )
}
