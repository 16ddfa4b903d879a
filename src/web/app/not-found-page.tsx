import { IconMapQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { LinkButton } from '../platform/page/link-button.tsx'
import { Page } from '../platform/page/page.tsx'

export function NotFoundPage() {
  const { t } = useTranslation('shell')
  return (
    <Page>
      <EmptyState
        icon={IconMapQuestion}
        title={t('notFound.title')}
        text={t('notFound.text')}
        action={<LinkButton to="/">{t('notFound.home')}</LinkButton>}
      />
    </Page>
  )
}
