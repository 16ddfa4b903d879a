import { Link, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import tabs from '../platform/page/tabs.module.css'
import { useMayOpen, useMe } from '../workspaces/me.ts'

const pages = [
  { key: 'workspace', to: '/w/$workspace/settings/workspace', least: 'agent' },
  { key: 'members', to: '/w/$workspace/settings/members', least: 'agent' },
  { key: 'apiKeys', to: '/w/$workspace/settings/api-keys', least: 'admin' },
  { key: 'consent', to: '/w/$workspace/settings/consent', least: 'agent' },
  { key: 'sessions', to: '/w/$workspace/settings/sessions', least: 'agent' },
  { key: 'auditLog', to: '/w/$workspace/settings/audit-log', least: 'admin' },
] as const

/** Head and tabs; each tab is a page of its own. */
export function SettingsPage() {
  const { t } = useTranslation('settings')
  const { workspace } = useMe()
  const mayOpen = useMayOpen()
  return (
    <Page>
      <PageHeader title={t('title')} summary={t('summary', { workspace: workspace.name })} />
      <nav className={tabs.tabs} aria-label={t('tabs')}>
        {pages.filter(mayOpen).map(({ key, to }) => (
          <Link
            key={key}
            from="/w/$workspace"
            to={to}
            className={tabs.tab}
            activeProps={{ 'data-here': true, 'aria-current': 'page' }}
          >
            {t(`tab.${key}`)}
          </Link>
        ))}
      </nav>
      <Outlet />
    </Page>
  )
}
