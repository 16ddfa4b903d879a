import { Button, Group, NumberInput, Radio, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NumberDetail } from '../../../contract/index.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { Section } from '../../platform/page/section.tsx'
import { useCan } from '../../workspaces/me.ts'
import { useSetPace } from './use-number.ts'

/** How fast the provider takes messages, and the slower pace that an owner may set. */
export function PaceSection({ number }: { number: NumberDetail }) {
  const { t } = useTranslation('connectors')
  const pace = formatNumber(number.pace_limit_per_second)
  const level = t(number.throughput === 'HIGH' ? 'numberPage.pace.high' : 'numberPage.pace.standard')
  return (
    <Section title={t('numberPage.pace.title')} text={`${level}. ${t('numberPage.pace.text', { pace })}`}>
      <PaceForm number={number} />
    </Section>
  )
}

function PaceForm({ number }: { number: NumberDetail }) {
  const { t } = useTranslation('connectors')
  const mayChange = useCan('admin')
  const { pace_limit_per_second: most, pace_override_per_second: kept } = number
  const [isOwn, setOwn] = useState(kept !== null)
  const [typed, setTyped] = useState<number | string>(kept ?? Math.max(1, Math.round(most / 2)))
  const set = useSetPace(number.id)
  const own =
    typeof typed === 'number' && Number.isInteger(typed) && typed >= 1 && typed <= most ? typed : null
  const wanted = isOwn ? own : null
  const isChanged = wanted !== kept && (!isOwn || own !== null)
  const save = (event: FormEvent) => {
    event.preventDefault()
    set.mutate(wanted)
  }
  return (
    <form onSubmit={save} noValidate>
      <Stack>
        <Radio.Group
          aria-label={t('numberPage.pace.title')}
          value={isOwn ? 'own' : 'full'}
          onChange={(value) => setOwn(value === 'own')}
        >
          <Stack gap="sm">
            <Radio
              value="full"
              label={t('numberPage.pace.full')}
              description={t('numberPage.pace.fullHint', { pace: formatNumber(most) })}
              disabled={!mayChange}
            />
            <Radio
              value="own"
              label={t('numberPage.pace.own')}
              description={t('numberPage.pace.ownHint')}
              disabled={!mayChange}
            />
          </Stack>
        </Radio.Group>
        {isOwn && (
          <NumberInput
            label={t('numberPage.pace.field')}
            description={t('numberPage.pace.range', { most: formatNumber(most) })}
            error={own === null && t('numberPage.pace.range', { most: formatNumber(most) })}
            value={typed}
            onChange={setTyped}
            allowDecimal={false}
            allowNegative={false}
            disabled={!mayChange}
            w={240}
            ms={30}
          />
        )}
        {isOwn && own !== null && (
          <Text size="sm" c="dimmed" ms={30} mt={-8}>
            {t('numberPage.pace.perHour', { n: formatNumber(own * 3_600) })}
          </Text>
        )}
        {set.error && <ErrorNote error={set.error} />}
        {mayChange ? (
          <Group>
            <Button type="submit" disabled={!isChanged} loading={set.isPending}>
              {t('numberPage.pace.save')}
            </Button>
          </Group>
        ) : (
          <Text size="sm" c="dimmed">
            {t('numberPage.pace.askAdmin')}
          </Text>
        )}
      </Stack>
    </form>
  )
}
