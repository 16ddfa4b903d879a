import { Button, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Campaign, Hub } from '../../../contract/index.ts'
import { useCampaigns } from '../../campaigns/campaigns.ts'
import { fieldErrors } from '../../platform/api/field-errors.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { ErrorNote, ErrorState } from '../../platform/page/error-state.tsx'
import { Form } from '../../platform/page/form.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { Page } from '../../platform/page/page.tsx'
import { PageHeader } from '../../platform/page/page-header.tsx'
import { FormFoot, Section } from '../../platform/page/section.tsx'
import { useHubChanged } from '../hubs.ts'
import { TemplateChoice } from '../template-choice.tsx'

const route = getRouteApi('/w/$workspace/hubs/new')

export function NewHubPage() {
  const { t } = useTranslation('hubs')
  const { workspace } = route.useParams()
  const { data: campaigns, error, isPending, refetch } = useCampaigns()
  return (
    <Page>
      <PageHeader
        title={t('new.title')}
        summary={t('new.text')}
        back={{ label: t('title'), link: { to: '/w/$workspace/hubs', params: { workspace } } }}
      />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingRows count={3} height={120} />}
      {campaigns && <HubForm campaigns={campaigns} />}
    </Page>
  )
}

interface HubValues {
  name: string
  campaign_id: string
  template_id: string | null
}

function HubForm({ campaigns }: { campaigns: Campaign[] }) {
  const { t } = useTranslation('hubs')
  const { campaign: wanted } = route.useSearch()
  const only = campaigns.length === 1 ? campaigns[0]?.id : undefined
  const form = useForm<HubValues>({
    initialValues: { name: '', campaign_id: wanted ?? only ?? '', template_id: null },
    validate: {
      name: (name) => (name.trim() ? null : t('field.nameMissing')),
      campaign_id: (id) => (id ? null : t('field.campaignMissing')),
    },
  })
  const create = useCreateHub((error) => form.setErrors(fieldErrors(error)))
  const campaign = campaigns.find(({ id }) => id === form.getValues().campaign_id)
  return (
    <Form form={form} onSubmit={(values) => create.mutate(values)}>
      <Section title={t('tab.basic')} text={t('new.basicText')}>
        <Stack maw={460}>
          <TextInput
            label={t('field.name')}
            description={t('field.nameHint')}
            maxLength={120}
            autoFocus
            {...form.getInputProps('name')}
          />
          <Select
            label={t('field.campaign')}
            description={t('field.campaignHint')}
            placeholder={t('field.campaignChoose')}
            data={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
            allowDeselect={false}
            {...form.getInputProps('campaign_id')}
            onChange={(id) => form.setValues({ campaign_id: id ?? '', template_id: null })}
          />
        </Stack>
      </Section>
      {campaign && (
        <Section title={t('configuration.title')} text={t('configuration.text')}>
          <TemplateChoice
            campaign={campaign}
            none={t('configuration.none')}
            {...form.getInputProps('template_id')}
            value={form.getValues().template_id}
          />
        </Section>
      )}
      <FormFoot>
        {create.error && Object.keys(form.errors).length === 0 && <ErrorNote error={create.error} />}
        <Button type="submit" loading={create.isPending}>
          {t('new.button')}
        </Button>
      </FormFoot>
    </Form>
  )
}

function useCreateHub(onRefused: (error: Error) => void) {
  const api = useApi()
  const navigate = useNavigate({ from: '/w/$workspace' })
  const changed = useHubChanged()
  return useMutation({
    mutationFn: (values: HubValues) => api.post<Hub>('/hubs', { ...values, channel: 'whatsapp' }),
    onSuccess: async (hub) => {
      await changed()
      await navigate({ to: '/w/$workspace/hubs/$hubId', params: { hubId: hub.id } })
    },
    onError: onRefused,
  })
}
