import { ActionIcon, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots, IconPlus, IconTrash } from '@tabler/icons-react'
import { getRouteApi, Link, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Campaign, Hub } from '../../../contract/index.ts'
import { useCampaign } from '../../campaigns/campaigns.ts'
import { OpenNow } from '../../campaigns/open-now.tsx'
import { ErrorState } from '../../platform/page/error-state.tsx'
import { LinkButton } from '../../platform/page/link-button.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { Page } from '../../platform/page/page.tsx'
import { PageHeader } from '../../platform/page/page-header.tsx'
import tabs from '../../platform/page/tabs.module.css'
import { StateBadge } from '../../platform/state/state-badge.tsx'
import { openingHoursOf, useHub } from '../hubs.ts'
import { DeleteHubModal } from './delete-hub-modal.tsx'

const route = getRouteApi('/w/$workspace/hubs/$hubId')

/** Head and tabs of a hub; the tabs are pages of their own. */
export function HubPage() {
  const { t } = useTranslation('hubs')
  const { workspace, hubId } = route.useParams()
  const { data: hub, error, isPending, refetch } = useHub(hubId)
  const { data: campaign } = useCampaign(hub?.campaign_id)
  return (
    <Page>
      <PageHeader
        title={hub?.name ?? t('hub')}
        badge={hub && <StateBadge state={hub.enabled ? 'enabled' : 'disabled'} />}
        summary={hub && campaign && <Summary hub={hub} campaign={campaign} />}
        back={{ label: t('title'), link: { to: '/w/$workspace/hubs', params: { workspace } } }}
        actions={hub && <Actions hub={hub} />}
      />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingRows count={4} height={60} />}
      {hub && (
        <>
          <Tabs />
          <Outlet />
        </>
      )}
    </Page>
  )
}

function Summary({ hub, campaign }: { hub: Hub; campaign: Campaign }) {
  const { t } = useTranslation('hubs')
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: '2px 14px' }}>
      <span>{t('inCampaign', { name: campaign.name })}</span>
      <OpenNow hours={openingHoursOf(hub, campaign)} />
    </span>
  )
}

function Actions({ hub }: { hub: Hub }) {
  const { t } = useTranslation('hubs')
  const [isDeleting, deleting] = useDisclosure()
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon size={36} variant="default" aria-label={t('menu', { name: hub.name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={deleting.open}>
            {t('delete.do')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <LinkButton
        from="/w/$workspace"
        to="/w/$workspace/hubs/$hubId/lists/new"
        params={{ hubId: hub.id }}
        leftSection={<IconPlus size={16} />}
      >
        {t('newList')}
      </LinkButton>
      <DeleteHubModal hub={hub} isOpen={isDeleting} onClose={deleting.close} />
    </>
  )
}

const pages = [
  { key: 'lists', to: '/w/$workspace/hubs/$hubId' },
  { key: 'basic', to: '/w/$workspace/hubs/$hubId/basic' },
  { key: 'configuration', to: '/w/$workspace/hubs/$hubId/configuration' },
  { key: 'schedule', to: '/w/$workspace/hubs/$hubId/schedule' },
] as const

function Tabs() {
  const { t } = useTranslation('hubs')
  return (
    <nav className={tabs.tabs} aria-label={t('tabs')}>
      {pages.map(({ key, to }) => (
        <Link
          key={key}
          from="/w/$workspace/hubs/$hubId"
          to={to}
          className={tabs.tab}
          activeOptions={{ exact: true }}
          activeProps={{ 'data-here': true, 'aria-current': 'page' }}
        >
          {t(`tab.${key}`)}
        </Link>
      ))}
    </nav>
  )
}
