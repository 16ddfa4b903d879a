import { Button, Collapse, Radio, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { EndpointFormat, EventType } from '../../contract/index.ts'
import { JsonView } from '../platform/page/json-view.tsx'
import { sampleOf, useEventTypes } from './catalogue.ts'
import { formats } from './endpoint-values.ts'

interface FormatFieldProps {
  value: EndpointFormat
  /** What the endpoint asks for: the sample is one of these. */
  events: readonly EventType[]
  /** Fixed once the endpoint exists. */
  isFixed: boolean
  onChange: (format: EndpointFormat) => void
}

/** In which form events are posted, with a sample of what that looks like. */
export function FormatField({ value, events, isFixed, onChange }: FormatFieldProps) {
  const { t } = useTranslation('webhooks')
  return (
    <div>
      {isFixed ? (
        <Text size="sm">
          <Text span fw={560}>
            {t('form.format')}:
          </Text>{' '}
          {t(`format.${value}`)} · {t('form.formatFixed')}
        </Text>
      ) : (
        <Radio.Group
          label={t('form.format')}
          value={value}
          onChange={(chosen) => onChange(formats.find((format) => format === chosen) ?? value)}
        >
          <Stack gap="sm" mt={8}>
            {formats.map((format) => (
              <Radio
                key={format}
                value={format}
                label={t(`format.${format}`)}
                description={t(`formatHint.${format}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <Sample format={value} events={events} />
    </div>
  )
}

function Sample({ format, events }: { format: EndpointFormat; events: readonly EventType[] }) {
  const { t } = useTranslation('webhooks')
  const { data: catalogue = [] } = useEventTypes()
  const [isShown, { toggle }] = useDisclosure()
  const sample = sampleOf(catalogue, { format, types: events })
  const formless = events.filter(
    (type) => catalogue.find((entry) => entry.type === type)?.samples[format] === null,
  )
  return (
    <>
      {formless.length > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('form.formless', { types: formless.join(', ') })}
        </Text>
      )}
      {sample && (
        <>
          <Button variant="subtle" size="compact-sm" mt="xs" ml={-8} aria-expanded={isShown} onClick={toggle}>
            {t(isShown ? 'form.hideSample' : 'form.showSample')}
          </Button>
          <Collapse expanded={isShown}>
            <JsonView label={sample.type} text={sample.text} />
          </Collapse>
        </>
      )}
    </>
  )
}
