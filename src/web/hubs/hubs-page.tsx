import { Paper, Text, Title } from '@mantine/core'
import { IconPlus, IconSend } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Campaign, Hub } from '../../contract/index.ts'
import { useCampaigns } from '../campaigns/campaigns.ts'
import { OpenNow } from '../campaigns/open-now.tsx'
import { useNumbers } from '../connectors/connectors.ts'
import { formatPhone } from '../platform/format/phone.ts'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LinkButton } from '../platform/page/link-button.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import { StateBadge } from '../platform/state/state-badge.tsx'
import { useCan } from '../workspaces/me.ts'
import { isInPreparation, openingHoursOf, useHubLists, useHubs } from './hubs.ts'
import classes from './hubs-page.module.css'
import { ListLink } from './list-link.tsx'
import { useListWords } from './list-words.ts'
import { ProgressBar } from './progress-bar.tsx'

/** What goes out just now? Every hub with its newest lists and how far they are. */
export function HubsPage() {
  const { t } = useTranslation('hubs')
  const hubs = useHubs()
  const campaigns = useCampaigns()
  const active = hubs.data?.reduce((sum, hub) => sum + hub.active_lists, 0) ?? 0
  const isEmpty = hubs.data?.length === 0
  const error = hubs.error ?? campaigns.error
  return (
    <Page>
      <PageHeader
        title={t('title')}
        summary={hubs.data && !isEmpty && t('answer', { count: active })}
        actions={hubs.data && !isEmpty && <NewHubButton />}
      />
      {error && (
        <ErrorState error={error} onRetry={() => void Promise.all([hubs.refetch(), campaigns.refetch()])} />
      )}
      {!error && (hubs.isPending || campaigns.isPending) && <LoadingRows count={3} height={150} />}
      {isEmpty && campaigns.data && <NoHubs hasCampaign={campaigns.data.length > 0} />}
      {campaigns.data && (
        <div className={classes.hubs}>
          {hubs.data?.map((hub) => (
            <HubCard
              key={hub.id}
              hub={hub}
              campaign={campaigns.data.find(({ id }) => id === hub.campaign_id)}
            />
          ))}
        </div>
      )}
    </Page>
  )
}

function HubCard({ hub, campaign }: { hub: Hub; campaign: Campaign | undefined }) {
  const { t } = useTranslation('hubs')
  const number = useNumbers().get(campaign?.number_id ?? '')
  return (
    <Paper withBorder radius="lg" component="section" aria-label={hub.name} className={classes.hub}>
      <header className={classes.head}>
        <div className={classes.name}>
          <Title order={2}>
            <Link from="/w/$workspace" to="/w/$workspace/hubs/$hubId" params={{ hubId: hub.id }}>
              {hub.name}
            </Link>
          </Title>
          <Text size="sm" c="dimmed">
            {[campaign?.name, number && formatPhone(number.phone)].filter(Boolean).join(' · ')}
          </Text>
        </div>
        {hub.enabled ? (
          campaign && <OpenNow hours={openingHoursOf(hub, campaign)} />
        ) : (
          <StateBadge state="disabled" />
        )}
        <LinkButton
          variant="default"
          size="compact-md"
          leftSection={<IconPlus size={15} />}
          from="/w/$workspace"
          to="/w/$workspace/hubs/$hubId/lists/new"
          params={{ hubId: hub.id }}
        >
          {t('newList')}
        </LinkButton>
      </header>
      <NewestLists hubId={hub.id} />
    </Paper>
  )
}

function NewestLists({ hubId }: { hubId: string }) {
  const { t } = useTranslation('hubs')
  const { items, isSuccess, hasNextPage } = useHubLists(hubId, 3)
  const listWords = useListWords()
  if (isSuccess && items.length === 0) return <div className={classes.none}>{t('noListsYet')}</div>
  return (
    <>
      {items.slice(0, 3).map((list) => (
        <ListLink key={list.id} list={list} className={classes.list}>
          <span className={classes.listName}>
            {list.name}
            <span className={classes.listWords}>{listWords(list)}</span>
          </span>
          <span className={classes.listState}>
            <StateBadge state={list.state} size="sm" />
          </span>
          <span className={classes.listBar}>{!isInPreparation(list) && <ProgressBar list={list} />}</span>
        </ListLink>
      ))}
      {hasNextPage && (
        <Link from="/w/$workspace" to="/w/$workspace/hubs/$hubId" params={{ hubId }} className={classes.more}>
          {t('allLists')}
        </Link>
      )}
    </>
  )
}

function NewHubButton() {
  const { t } = useTranslation('hubs')
  return (
    <LinkButton from="/w/$workspace" to="/w/$workspace/hubs/new" leftSection={<IconPlus size={16} />}>
      {t('new.link')}
    </LinkButton>
  )
}

/** A hub stands in a campaign: who has none begins there. */
function NoHubs({ hasCampaign }: { hasCampaign: boolean }) {
  const { t } = useTranslation('hubs')
  const mayMakeCampaign = useCan('admin')
  if (hasCampaign) {
    return (
      <EmptyState
        boxed
        icon={IconSend}
        title={t('empty.title')}
        text={t('empty.text')}
        action={<NewHubButton />}
      />
    )
  }
  return (
    <EmptyState
      boxed
      icon={IconSend}
      title={t('empty.title')}
      text={mayMakeCampaign ? t('empty.campaignFirst') : t('empty.askAdmin')}
      action={
        mayMakeCampaign && (
          <LinkButton from="/w/$workspace" to="/w/$workspace/hubs/campaigns/new">
            {t('empty.newCampaign')}
          </LinkButton>
        )
      }
    />
  )
}
