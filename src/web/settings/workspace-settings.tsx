import { Button, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Membership } from '../../contract/index.ts'
import { fieldErrors } from '../platform/api/field-errors.ts'
import { useApi } from '../platform/api/use-api.ts'
import { CopyField } from '../platform/page/copy-field.tsx'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { Form } from '../platform/page/form.tsx'
import { Section } from '../platform/page/section.tsx'
import { meQuery, useCan, useMe } from '../workspaces/me.ts'

export function WorkspaceSettings() {
  const { t } = useTranslation('settings')
  const { workspace, installation } = useMe()
  return (
    <>
      <Section title={t('tab.workspace')} text={t('workspace.text')}>
        <NameForm />
      </Section>
      <Section title={t('workspace.installation')} text={t('workspace.installationText')}>
        <Stack maw={520}>
          <CopyField label={t('workspace.address')} value={installation.public_url} />
          <CopyField
            label={t('workspace.api')}
            description={t('workspace.apiHint')}
            value={`${installation.public_url}/api/v1`}
          />
          <TextInput label={t('workspace.id')} value={workspace.workspace_id} readOnly variant="filled" />
          <TextInput label={t('workspace.version')} value={installation.version} readOnly variant="filled" />
        </Stack>
      </Section>
    </>
  )
}

function NameForm() {
  const { t } = useTranslation(['settings', 'shell'])
  const { workspace } = useMe()
  const mayRename = useCan('admin')
  const form = useForm({
    initialValues: { name: workspace.name },
    validate: { name: (name) => (name.trim() ? null : t('workspace.nameMissing')) },
  })
  const rename = useRename((error) => form.setErrors(fieldErrors(error)))
  return (
    <Form form={form} onSubmit={({ name }) => rename.mutate(name.trim())}>
      <Stack maw={520}>
        {rename.error && Object.keys(form.errors).length === 0 && <ErrorNote error={rename.error} />}
        <TextInput
          label={t('workspace.name')}
          maxLength={120}
          readOnly={!mayRename}
          description={mayRename ? undefined : t('workspace.askAdmin')}
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('workspace.slug')}
          description={t('workspace.slugHint')}
          value={`/w/${workspace.slug}`}
          readOnly
          variant="filled"
        />
        {mayRename && (
          <Button
            type="submit"
            mr="auto"
            loading={rename.isPending}
            disabled={form.getValues().name === workspace.name}
          >
            {t('shell:save')}
          </Button>
        )}
      </Stack>
    </Form>
  )
}

function useRename(onRefused: (error: Error) => void) {
  const { t } = useTranslation('settings')
  const api = useApi()
  const queries = useQueryClient()
  const router = useRouter()
  const { workspace } = useMe()
  return useMutation({
    mutationFn: (name: string) => api.patch<Membership>('/workspace', { name }),
    onSuccess: async () => {
      // The name stands in the navigation too, and the router's loader takes what is in the cache.
      await queries.fetchQuery({ ...meQuery(workspace.slug), staleTime: 0 })
      await router.invalidate()
      notifications.show({ message: t('workspace.saved') })
    },
    onError: onRefused,
  })
}
