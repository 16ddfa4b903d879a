import { Alert, Button, Group, Stack } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Connector, CreateConnector } from '../../contract/index.ts'
import { fieldErrors } from '../platform/api/field-errors.ts'
import { useApi } from '../platform/api/use-api.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { Form } from '../platform/page/form.tsx'
import { useConnectorChanged } from './connectors.ts'

interface ConnectFormProps<Fields> {
  form: UseFormReturnType<Fields>
  /** Where the values are found. */
  where: string
  /** Said once it is connected. */
  done: string
  bodyOf: (fields: Fields) => CreateConnector
  onDone: () => void
  /** The fields. */
  children: ReactNode
}

/** What connecting any provider by hand has in common: the hub tries the values and names the one that is wrong. */
export function ConnectForm<Fields>({
  form,
  where,
  done,
  bodyOf,
  onDone,
  children,
}: ConnectFormProps<Fields>) {
  const { t } = useTranslation(['connectors', 'shell'])
  const api = useApi()
  const changed = useConnectorChanged()
  const connect = useMutation({
    mutationFn: (fields: Fields) => api.post<Connector>('/connectors', bodyOf(fields)),
    onSuccess: async () => {
      await changed()
      notifications.show({ message: done })
      onDone()
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  })
  const isNamedAtField = Object.keys(form.errors).length > 0
  return (
    <Form form={form} onSubmit={(fields) => connect.mutate(fields)} autoComplete="off">
      <Stack>
        <Alert variant="light" color="gray">
          {where}
        </Alert>
        {connect.error && !isNamedAtField && <ErrorNote error={connect.error} />}
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t('shell:cancel')}
          </Button>
          <Button type="submit" loading={connect.isPending}>
            {t('meta.submit')}
          </Button>
        </Group>
      </Stack>
    </Form>
  )
}
