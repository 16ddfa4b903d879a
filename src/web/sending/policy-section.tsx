import { Radio, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SendingPolicy } from '../../contract/index.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Section } from '../platform/page/section.tsx'
import { useCan } from '../workspaces/me.ts'
import { useSendingPolicy, useSetPolicy } from './unsettled.ts'

const choices = ['hold', 'resend'] as const

/** What happens to a message that WhatsApp stays silent about, before anybody looks. */
export function PolicySection() {
  const { t } = useTranslation('sending')
  const policy = useSendingPolicy()
  const error = policy.error
  return (
    <Section title={t('policy.title')} text={t('policy.text')}>
      {error && <ErrorNote error={error} />}
      {policy.isPending && <LoadingRows count={2} />}
      {policy.data && <Choice policy={policy.data} />}
    </Section>
  )
}

function Choice({ policy }: { policy: SendingPolicy }) {
  const { t } = useTranslation('sending')
  const mayChange = useCan('admin')
  const set = useSetPolicy()
  const [chosen, setChosen] = useState(policy.utility_unknown)
  const choose = (value: string) => {
    const next = choices.find((one) => one === value)
    if (!next || next === chosen) return
    setChosen(next)
    set.mutate(
      { utility_unknown: next },
      {
        onSuccess: () => notifications.show({ message: t('policy.saved') }),
        onError: () => setChosen(policy.utility_unknown),
      },
    )
  }
  return (
    <Stack>
      <Radio.Group label={t('policy.utility')} value={chosen} onChange={choose}>
        <Stack gap="sm" mt="xs">
          {choices.map((one) => (
            <Radio
              key={one}
              value={one}
              label={t(`policy.${one}`)}
              description={t(`policy.${one}Hint`)}
              disabled={!mayChange}
              maw="72ch"
            />
          ))}
        </Stack>
      </Radio.Group>
      <Text size="sm" c="dimmed">
        {t('policy.marketing')} {t('policy.authentication')} {!mayChange && t('policy.askAdmin')}
      </Text>
      {set.error && <ErrorNote error={set.error} />}
    </Stack>
  )
}
