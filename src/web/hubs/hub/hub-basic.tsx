import { Stack, Switch, TextInput } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCampaign } from '../../campaigns/campaigns.ts'
import { useNumbers } from '../../connectors/connectors.ts'
import { formatPhone } from '../../platform/format/phone.ts'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { Section } from '../../platform/page/section.tsx'
import { useHub } from '../hubs.ts'
import { useUpdateHub } from './use-update-hub.ts'

const route = getRouteApi('/w/$workspace/hubs/$hubId')

/** Enabled or not; name, campaign and channel stay as they were made. */
export function HubBasic() {
  const { t } = useTranslation('hubs')
  const { hubId } = route.useParams()
  const { data: hub } = useHub(hubId)
  const { data: campaign } = useCampaign(hub?.campaign_id)
  const number = useNumbers().get(campaign?.number_id ?? '')
  const update = useUpdateHub(hubId)
  if (!hub) return null
  return (
    <Section title={t('tab.basic')} text={t('basic.text')}>
      <Stack maw={460} gap="lg">
        {update.error && <ErrorNote error={update.error} />}
        <Switch
          label={t('basic.enabled')}
          description={hub.enabled ? t('basic.enabledHint') : t('basic.disabledHint')}
          checked={update.isPending ? (update.variables.enabled ?? hub.enabled) : hub.enabled}
          onChange={(event) => update.mutate({ enabled: event.currentTarget.checked })}
        />
        <TextInput label={t('field.name')} value={hub.name} readOnly variant="filled" />
        <TextInput label={t('field.campaign')} value={campaign?.name ?? ''} readOnly variant="filled" />
        <TextInput
          label={t('field.channel')}
          value={['WhatsApp', number && formatPhone(number.phone)].filter(Boolean).join(' · ')}
          readOnly
          variant="filled"
        />
      </Stack>
    </Section>
  )
}
