import { Anchor, Button, Code, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SetupRequest } from '../../contract/index.ts'
import { isApiError } from '../platform/api/api-error.ts'
import { fieldErrors } from '../platform/api/field-errors.ts'
import { personApi } from '../platform/api/use-api.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { Form } from '../platform/page/form.tsx'
import { PasswordField } from '../platform/page/password-field.tsx'
import { DoorFrame } from './door-frame.tsx'
import { slugOf } from './slug.ts'

const route = getRouteApi('/setup')

/** Opened with the one-time link from the terminal: makes the owner and the first workspace. */
export function SetupPage() {
  const { t } = useTranslation('workspaces')
  const { token } = route.useSearch()
  if (token === '') return <LinkMissing />
  return (
    <DoorFrame title={t('setup.title')} text={t('setup.text')}>
      <SetupForm token={token} />
    </DoorFrame>
  )
}

function LinkMissing() {
  const { t } = useTranslation('workspaces')
  return (
    <DoorFrame title={t('setup.linkMissing')} text={t('setup.linkMissingText')}>
      <Code block>{`${window.location.origin}/setup?token=…`}</Code>
      <Text mt="lg" size="sm" c="dimmed">
        {t('setup.linkMissingHint')}
      </Text>
    </DoorFrame>
  )
}

function SetupForm({ token }: { token: string }) {
  const { t } = useTranslation('workspaces')
  const form = useSetupForm()
  const setup = useSetup(token, (error) => form.setErrors(fieldErrors(error)))
  const workspaceName = form.getInputProps('workspace_name')
  return (
    <Form form={form} onSubmit={(values) => setup.mutate(values)}>
      <Stack>
        {setup.error && <SetupError error={setup.error} />}
        <TextInput
          label={t('field.yourName')}
          autoComplete="name"
          autoFocus
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('field.email')}
          type="email"
          autoComplete="username"
          {...form.getInputProps('email')}
        />
        <PasswordField
          label={t('field.password')}
          description={t('field.passwordHint')}
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
        <TextInput
          label={t('field.workspaceName')}
          description={t('field.workspaceNameHint')}
          autoComplete="organization"
          {...workspaceName}
          onChange={(event) => {
            // The address follows the name until somebody writes their own.
            if (!form.isTouched('workspace_slug'))
              form.setFieldValue('workspace_slug', slugOf(event.target.value))
            workspaceName.onChange(event)
            form.setTouched((touched) => ({ ...touched, workspace_slug: touched.workspace_slug ?? false }))
          }}
        />
        <TextInput
          label={t('field.workspaceSlug')}
          description={t('field.workspaceSlugHint', { slug: form.values.workspace_slug || 'acme' })}
          autoComplete="off"
          {...form.getInputProps('workspace_slug')}
        />
        <Button type="submit" size="md" mt="xs" loading={setup.isPending}>
          {t('setup.button')}
        </Button>
      </Stack>
    </Form>
  )
}

function useSetupForm() {
  const { t } = useTranslation('workspaces')
  return useForm<Omit<SetupRequest, 'token'>>({
    initialValues: { name: '', email: '', password: '', workspace_name: '', workspace_slug: '' },
    validate: {
      name: (value) => (value.trim() ? null : t('field.nameMissing')),
      email: (value) => (value.includes('@') ? null : t('field.emailWrong')),
      password: (value) => (value.length >= 8 ? null : t('field.passwordShort')),
      workspace_name: (value) => (value.trim() ? null : t('field.workspaceNameMissing')),
      workspace_slug: (value) => (/^[a-z0-9][a-z0-9-]{0,62}$/.test(value) ? null : t('field.slugWrong')),
    },
  })
}

function useSetup(token: string, onRefused: (error: Error) => void) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Omit<SetupRequest, 'token'>) => personApi.post('/setup', { ...input, token }),
    onSuccess: async (_, { workspace_slug }) => {
      queries.clear()
      await navigate({ to: '/w/$workspace', params: { workspace: workspace_slug } })
    },
    onError: onRefused,
  })
}

function SetupError({ error }: { error: Error }) {
  const { t } = useTranslation('workspaces')
  return (
    <>
      <ErrorNote error={error} />
      {isApiError(error, 'setup_already_done') && (
        <Anchor component={Link} to="/sign-in">
          {t('signIn.button')}
        </Anchor>
      )}
    </>
  )
}
