import { Checkbox, NumberInput, Select, SimpleGrid, Text } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useNumbers } from '../connectors/connectors.ts'
import { formatPhone } from '../platform/format/phone.ts'
import type { EndpointValues } from './endpoint-values.ts'
import { typesOfNoNumber } from './event-types.ts'

/** Of which number, how fast, and in which order. */
export function PaceFields({ form }: { form: UseFormReturnType<EndpointValues> }) {
  const { t } = useTranslation('webhooks')
  const numbers = [...useNumbers().values()]
  const { number_id, events } = form.getValues()
  const unheard = number_id === '' ? [] : events.filter((type) => typesOfNoNumber.includes(type))
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label={t('form.number')}
          data={[
            { value: '', label: t('form.everyNumber') },
            ...numbers.map((number) => ({ value: number.id, label: formatPhone(number.phone) })),
          ]}
          allowDeselect={false}
          {...form.getInputProps('number_id')}
        />
        <NumberInput
          label={t('form.rate')}
          placeholder={t('form.rateNone')}
          min={1}
          max={1000}
          clampBehavior="strict"
          allowDecimal={false}
          {...form.getInputProps('rate_per_second')}
        />
      </SimpleGrid>
      {unheard.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('form.numberless', { types: unheard.join(', ') })}
        </Text>
      )}
      <Checkbox
        label={t('form.ordered')}
        description={t('form.orderedHint')}
        {...form.getInputProps('ordered', { type: 'checkbox' })}
      />
    </>
  )
}
