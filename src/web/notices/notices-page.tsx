import { Button, SegmentedControl } from '@mantine/core'
import { IconBell, IconChecks } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { MoreButton } from '../platform/page/more-button.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import { NoticeRow } from './notice-row.tsx'
import { useMarkSeen, useNoticeCount, useNotices } from './notices.ts'
import classes from './notices-page.module.css'

const route = getRouteApi('/w/$workspace/notices')

/** What should I know of without having looked for it? */
export function NoticesPage() {
  const { t } = useTranslation(['notices', 'shell'])
  const unreadOnly = route.useSearch().show === 'unread'
  const navigate = useNavigate({ from: '/w/$workspace/notices' })
  const show = (value: string) =>
    void navigate({ search: value === 'unread' ? { show: 'unread' } : {}, replace: true })
  const { unread } = useNoticeCount()
  const notices = useNotices({ unreadOnly })
  const markAll = useMarkSeen()
  const isEmpty = notices.isSuccess && notices.items.length === 0
  return (
    <Page width="narrow">
      <PageHeader
        title={t('title')}
        summary={t('summary', { count: unread })}
        actions={
          unread > 0 && (
            <Button
              variant="default"
              leftSection={<IconChecks size={16} />}
              loading={markAll.isPending}
              onClick={() => markAll.mutate('all')}
            >
              {t('markAll')}
            </Button>
          )
        }
      />
      {(!isEmpty || unreadOnly) && (
        <SegmentedControl
          aria-label={t('filter.label')}
          value={unreadOnly ? 'unread' : 'all'}
          onChange={show}
          data={[
            { value: 'all', label: t('filter.all') },
            { value: 'unread', label: t('filter.unread') },
          ]}
          mb="md"
        />
      )}
      {notices.error && <ErrorState error={notices.error} onRetry={() => void notices.refetch()} />}
      {notices.isPending && <LoadingRows count={6} height={72} />}
      {isEmpty && !unreadOnly && (
        <EmptyState boxed icon={IconBell} title={t('empty.title')} text={t('empty.text')} />
      )}
      {isEmpty && unreadOnly && (
        <EmptyState
          boxed
          icon={IconChecks}
          title={t('nothingNew.title')}
          text={t('nothingNew.text')}
          action={
            <Button variant="default" onClick={() => show('all')}>
              {t('nothingNew.all')}
            </Button>
          }
        />
      )}
      {notices.items.length > 0 && (
        <ul className={classes.list}>
          {notices.items.map((notice) => (
            <NoticeRow key={notice.id} notice={notice} />
          ))}
        </ul>
      )}
      <MoreButton pages={notices} />
    </Page>
  )
}
