import { Alert, Button, Code, Text } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isApiError } from '../api/api-error.ts'
import { EmptyState } from './empty-state.tsx'
import classes from './error-state.module.css'
import { LinkButton } from './link-button.tsx'

/** Stands where the data would be when it can't be read: what happened, the next step, codes behind details. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('errors')
  const { title, text } = useErrorWords(error)
  const isFinal = isApiError(error, 'not_found') || isApiError(error, 'forbidden')
  return (
    <div role="alert" className={classes.error}>
      <EmptyState
        icon={IconAlertTriangle}
        isError
        title={title}
        text={text}
        action={
          isFinal ? (
            <LinkButton to="/" variant="default">
              {t('home')}
            </LinkButton>
          ) : (
            onRetry && (
              <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
                {t('retry')}
              </Button>
            )
          )
        }
      />
      <ErrorDetails error={error} />
    </div>
  )
}

/** For a refused form or act, beside its button: `{mutation.error && <ErrorNote error={mutation.error} />}`. */
export function ErrorNote({ error, title }: { error: unknown; title?: string }) {
  const words = useErrorWords(error)
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle />} title={title ?? words.title}>
      <Text size="md">{words.text}</Text>
      <ErrorDetails error={error} />
    </Alert>
  )
}

function ErrorDetails({ error }: { error: unknown }) {
  const { t } = useTranslation('errors')
  if (!isApiError(error) || error.status === 0) return null
  const lines = [
    `${t('code')}: ${error.code}`,
    error.requestId && `${t('requestId')}: ${error.requestId}`,
    Object.keys(error.details).length > 0 && JSON.stringify(error.details, null, 1),
  ].filter(Boolean)
  return (
    <details className={classes.details}>
      <summary>{t('details')}</summary>
      <Code block fz="xs">
        {lines.join('\n')}
      </Code>
    </details>
  )
}

/** What went wrong, in words: the hub's own sentence where it gave one. */
export function useErrorWords(error: unknown): { title: string; text: string } {
  const { t } = useTranslation('errors')
  if (!isApiError(error)) return { title: t('title.broken'), text: t('text.broken') }
  switch (error.code) {
    case 'offline':
      return { title: t('title.offline'), text: t('text.offline') }
    case 'unreadable':
      return { title: t('title.unreadable'), text: t('text.unreadable') }
    case 'forbidden':
      return { title: t('title.forbidden'), text: error.message }
    case 'not_found':
      return { title: t('title.notFound'), text: error.message }
    case 'internal':
      return { title: t('title.internal'), text: t('text.internal') }
    default:
      return { title: t('title.refused'), text: error.message }
  }
}
