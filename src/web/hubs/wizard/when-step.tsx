import { Radio, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useScheduleWords } from '../../campaigns/schedule-words.ts'
import { toInstant, toLocalField } from '../../platform/format/local-field.ts'
import { Section } from '../../platform/page/section.tsx'
import { inZone } from './in-zone.ts'
import type { StepProps } from './step-props.ts'
import { WizardFoot } from './wizard-frame.tsx'

const hourMs = 3_600_000

/** At once, or at a time; the campaign's hours hold in both cases. */
export function WhenStep({ campaign, preparation }: StepProps) {
  const { t } = useTranslation('hubs')
  const scheduleWords = useScheduleWords()
  const { draft, change, save, go, goOn } = preparation
  const [isTried, setTried] = useState(false)
  const fault = draft.starts_at !== null && !(new Date(draft.starts_at).getTime() > Date.now())
  const next = () => {
    setTried(true)
    if (!fault) goOn('check')
  }
  return (
    <>
      <Section title={t('when.title')} text={t('when.text', { hours: scheduleWords(campaign.schedule) })}>
        <Radio.Group
          aria-label={t('when.title')}
          value={draft.starts_at === null ? 'now' : 'later'}
          onChange={(value) => change({ starts_at: value === 'now' ? null : inAnHour() })}
        >
          <Stack gap="md">
            <Radio value="now" label={t('when.now')} description={t('when.nowHint')} />
            <Radio value="later" label={t('when.later')} description={t('when.laterHint')} />
          </Stack>
        </Radio.Group>
        {draft.starts_at !== null && (
          <Stack gap={6} mt="md" maw={340}>
            <TextInput
              type="datetime-local"
              label={t('when.time')}
              value={toLocalField(draft.starts_at)}
              error={isTried && fault ? t('when.past') : null}
              onChange={(event) => {
                const instant = toInstant(event.currentTarget.value)
                if (instant !== null) change({ starts_at: instant })
              }}
            />
            <Text size="sm" c="dimmed">
              {t('when.inZone', { time: inZone(draft.starts_at, campaign.time_zone) })}
            </Text>
          </Stack>
        )}
      </Section>
      <WizardFoot
        onBack={() => go('template')}
        onContinue={next}
        isPending={save.isPending}
        error={save.error}
      />
    </>
  )
}

/** The next full hour that is at least one away: what people mean by "later". */
function inAnHour(): string {
  return new Date(Math.ceil((Date.now() + hourMs) / hourMs) * hourMs).toISOString()
}
