import { IconBriefcase, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../contract/index.ts'
import { useConnectors, useNumbers } from '../connectors/connectors.ts'
import { formatPhone } from '../platform/format/phone.ts'
import { DataTable } from '../platform/page/data-table.tsx'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LinkButton } from '../platform/page/link-button.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import rows from '../platform/page/row-link.module.css'
import { useCan } from '../workspaces/me.ts'
import { useCampaigns } from './campaigns.ts'
import { OpenNow } from './open-now.tsx'
import { useScheduleWords } from './schedule-words.ts'

/** When and with which templates may we write, line of business by line of business? */
export function CampaignsPage() {
  const { t } = useTranslation('campaigns')
  const { data: campaigns, error, isPending, refetch } = useCampaigns()
  const mayChange = useCan('admin')
  const isEmpty = campaigns?.length === 0
  return (
    <Page>
      <PageHeader
        title={t('title')}
        summary={t('summary')}
        actions={mayChange && !isEmpty && <NewButton />}
      />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingRows count={4} height={52} />}
      {isEmpty && <NoCampaigns />}
      {campaigns && !isEmpty && <CampaignTable campaigns={campaigns} />}
    </Page>
  )
}

function CampaignTable({ campaigns }: { campaigns: Campaign[] }) {
  const { t } = useTranslation('campaigns')
  const numbers = useNumbers()
  const scheduleWords = useScheduleWords()
  return (
    <DataTable
      label={t('title')}
      columns={[
        t('column.name'),
        t('column.number'),
        t('column.hours'),
        t('column.templates'),
        t('column.now'),
      ]}
    >
      {campaigns.map((campaign) => (
        <tr key={campaign.id} className={rows.row}>
          <td>
            <Link
              from="/w/$workspace"
              to="/w/$workspace/hubs/campaigns/$campaignId"
              params={{ campaignId: campaign.id }}
              className={rows.link}
            >
              {campaign.name}
            </Link>
          </td>
          <td data-label={t('column.number')} className="numeric">
            {formatPhone(numbers.get(campaign.number_id)?.phone ?? '')}
          </td>
          <td data-label={t('column.hours')}>{scheduleWords(campaign.schedule)}</td>
          <td data-label={t('column.templates')} className="numeric">
            {campaign.template_ids.length}
          </td>
          <td data-label={t('column.now')}>
            <OpenNow hours={[campaign]} />
          </td>
        </tr>
      ))}
    </DataTable>
  )
}

function NewButton() {
  const { t } = useTranslation('campaigns')
  return (
    <LinkButton
      from="/w/$workspace"
      to="/w/$workspace/hubs/campaigns/new"
      leftSection={<IconPlus size={16} />}
    >
      {t('new.link')}
    </LinkButton>
  )
}

function NoCampaigns() {
  const { t } = useTranslation('campaigns')
  const { data: connectors } = useConnectors()
  const mayChange = useCan('admin')
  const hasNumber = connectors?.some(({ numbers }) => numbers.some((number) => number.connected)) ?? true
  return (
    <EmptyState
      boxed
      icon={IconBriefcase}
      title={t('empty.title')}
      text={hasNumber ? t('empty.text') : t('empty.numberFirst')}
      action={
        mayChange &&
        (hasNumber ? (
          <NewButton />
        ) : (
          <LinkButton from="/w/$workspace" to="/w/$workspace/numbers">
            {t('empty.connect')}
          </LinkButton>
        ))
      }
    />
  )
}
