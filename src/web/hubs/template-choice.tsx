import { Radio, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../contract/index.ts'
import { useBusinessName } from '../connectors/connectors.ts'
import { PhonePreview } from '../messages/phone-preview.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LinkButton } from '../platform/page/link-button.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { StateBadge } from '../platform/state/state-badge.tsx'
import { languageName } from '../templates/language-name.ts'
import { TemplateBubble } from '../templates/template-bubble.tsx'
import { categoryWord } from '../templates/template-table.tsx'
import { sampleValues } from '../templates/templates.ts'
import { useCampaignTemplates } from './campaign-templates.ts'
import classes from './template-choice.module.css'

interface TemplateChoiceProps {
  campaign: Campaign
  value: string | null
  onChange: (id: string | null) => void
  /** Words of the choice to have none; there is no such choice when left out. */
  none?: string
  /** Shown on the phone instead of the reviewer's samples. */
  values?: Record<string, string> | undefined
  /** Below the choice. */
  children?: ReactNode
}

/** One of the campaign's templates, beside a phone that shows it. */
export function TemplateChoice({ campaign, value, onChange, none, values, children }: TemplateChoiceProps) {
  const { t } = useTranslation(['hubs', 'templates'])
  const { data: templates, error, isPending, refetch } = useCampaignTemplates(campaign)
  const sender = useBusinessName({ numberId: campaign.number_id })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (isPending) return <LoadingRows count={4} height={56} />
  if (templates.length === 0) return <NoTemplates campaign={campaign} />
  const chosen = templates.find(({ id }) => id === value)
  return (
    <div className={classes.columns}>
      <div>
        <Radio.Group
          aria-label={t('field.template')}
          value={value ?? ''}
          onChange={(id) => onChange(id === '' ? null : id)}
        >
          <div className={classes.templates}>
            {none && <Radio value="" label={none} className={classes.none} />}
            {templates.map((template) => (
              <Radio.Card
                key={template.id}
                value={template.id}
                className={classes.template}
                disabled={template.status !== 'APPROVED'}
              >
                <Radio.Indicator />
                <span className={classes.words}>
                  <span className={classes.name}>{template.name}</span>
                  <Text span size="sm" c="dimmed">
                    {languageName(template.language)} ·{' '}
                    {categoryWord(template.category, (key) => t(`templates:${key}`))}
                  </Text>
                </span>
                {template.status !== 'APPROVED' && <StateBadge state={template.status} size="sm" />}
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
        {children}
      </div>
      <PhonePreview language={chosen?.language ?? 'en'} sender={sender}>
        {chosen && <TemplateBubble template={chosen} values={values ?? sampleValues(chosen)} />}
      </PhonePreview>
    </div>
  )
}

function NoTemplates({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('hubs')
  return (
    <div>
      <Text c="dimmed" mb="sm">
        {t('noTemplates')}
      </Text>
      <LinkButton
        variant="default"
        from="/w/$workspace"
        to="/w/$workspace/hubs/campaigns/$campaignId"
        params={{ campaignId: campaign.id }}
      >
        {t('openCampaign', { name: campaign.name })}
      </LinkButton>
    </div>
  )
}
