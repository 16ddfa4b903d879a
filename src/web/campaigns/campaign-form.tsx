import { Button, Divider, Fieldset, Stack, Text, TextInput, Title } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../contract/index.ts'
import { fieldErrors } from '../platform/api/field-errors.ts'
import { useApi } from '../platform/api/use-api.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { Form } from '../platform/page/form.tsx'
import { FormFoot, Section } from '../platform/page/section.tsx'
import { useCan } from '../workspaces/me.ts'
import { bodyOf, type CampaignValues, valuesOf } from './campaign-values.ts'
import { useCampaignChanged } from './campaigns.ts'
import { ExceptionsEditor } from './exceptions-editor.tsx'
import { NumberSelect } from './number-select.tsx'
import { findRangeFault, isNeverOpen } from './opening-hours.ts'
import { ScheduleEditor } from './schedule-editor.tsx'
import { TemplatesField } from './templates-field.tsx'
import { TimeZoneSelect } from './time-zone-select.tsx'
import { weekdays } from './weekdays.ts'

interface CampaignFormProps {
  campaign?: Campaign
  /** Chosen already, for a new one. */
  numberId?: string | undefined
}

/** Number, hours and templates of a line of business; without `campaign` it makes a new one. */
export function CampaignForm({ campaign, numberId }: CampaignFormProps) {
  const { t } = useTranslation(['campaigns', 'shell'])
  const mayChange = useCan('admin')
  const form = useCampaignForm(campaign, numberId)
  const save = useSaveCampaign(campaign, form)
  const values = form.getValues()
  return (
    <Form form={form} onSubmit={(values) => save.mutate(values)}>
      <Fieldset disabled={!mayChange} variant="unstyled">
        <Section title={t('section.basic')}>
          <Stack maw={460}>
            <TextInput
              label={t('field.name')}
              description={t('field.nameHint')}
              data-autofocus={!campaign}
              maxLength={120}
              {...form.getInputProps('name')}
            />
            <NumberSelect
              isFixed={campaign !== undefined}
              {...form.getInputProps('number_id')}
              value={values.number_id}
            />
          </Stack>
        </Section>
        <HoursSection form={form} />
        <Section title={t('section.templates')} text={t('section.templatesText')}>
          <TemplatesField
            numberId={values.number_id}
            {...form.getInputProps('template_ids')}
            value={values.template_ids}
          />
        </Section>
      </Fieldset>
      {mayChange ? (
        <FormFoot>
          {save.error && Object.keys(form.errors).length === 0 && <ErrorNote error={save.error} />}
          <Button type="submit" loading={save.isPending} disabled={campaign !== undefined && !form.isDirty()}>
            {campaign ? t('shell:save') : t('new.button')}
          </Button>
        </FormFoot>
      ) : (
        <Text c="dimmed" mt="md">
          {t('readOnly')}
        </Text>
      )}
    </Form>
  )
}

type CampaignFields = UseFormReturnType<CampaignValues>

function HoursSection({ form }: { form: CampaignFields }) {
  const { t } = useTranslation('campaigns')
  const values = form.getValues()
  return (
    <Section title={t('section.hours')} text={t('section.hoursText')}>
      <TimeZoneSelect {...form.getInputProps('time_zone')} value={values.time_zone} />
      <Divider my="lg" variant="dashed" />
      <ScheduleEditor
        label={t('section.hours')}
        {...form.getInputProps('schedule')}
        value={values.schedule}
      />
      {form.errors.schedule && (
        <Text c="var(--mantine-color-error)" size="sm" role="alert">
          {form.errors.schedule}
        </Text>
      )}
      <Title order={3} mt="xl" mb="xs">
        {t('section.exceptions')}
      </Title>
      <ExceptionsEditor {...form.getInputProps('exceptions')} value={values.exceptions} />
    </Section>
  )
}

function useCampaignForm(campaign: Campaign | undefined, numberId: string | undefined): CampaignFields {
  const { t } = useTranslation('campaigns')
  return useForm<CampaignValues>({
    initialValues: valuesOf(campaign, numberId),
    validate: {
      name: (name) => (name.trim() ? null : t('field.nameMissing')),
      number_id: (id) => (id ? null : t('field.numberMissing')),
      schedule: (schedule) => {
        if (isNeverOpen(schedule)) return t('hours.fault.never')
        return weekdays.some((day) => findRangeFault(schedule[day] ?? [])) ? t('hours.fault.some') : null
      },
      exceptions: (all) => (all.some(({ ranges }) => findRangeFault(ranges)) ? t('hours.fault.some') : null),
    },
  })
}

function useSaveCampaign(campaign: Campaign | undefined, form: CampaignFields) {
  const { t } = useTranslation('campaigns')
  const api = useApi()
  const navigate = useNavigate({ from: '/w/$workspace' })
  const changed = useCampaignChanged()
  return useMutation({
    mutationFn: (values: CampaignValues) => {
      const body = bodyOf(values, campaign === undefined)
      return campaign
        ? api.patch<Campaign>(`/campaigns/${campaign.id}`, body)
        : api.post<Campaign>('/campaigns', body)
    },
    onSuccess: async (saved) => {
      await changed()
      form.setInitialValues(valuesOf(saved))
      form.reset()
      notifications.show({ message: t('saved') })
      if (!campaign) {
        await navigate({ to: '/w/$workspace/hubs/new', search: { campaign: saved.id } })
      }
    },
    onError: (error) => form.setErrors(topFields(fieldErrors(error))),
  })
}

/** `template_ids.2` and `schedule.mon.0` stand at their field as a whole. */
function topFields(errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).map(([path, text]) => [path.split('.')[0] ?? path, text]))
}
