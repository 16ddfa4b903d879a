import { Button, Checkbox, Group, Modal, Radio, SimpleGrid, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Endpoint, EventType, ReplayOutcome } from '../../contract/index.ts'
import { toInstant } from '../platform/format/local-field.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { SpanFields, spanFault, spanOfLast } from '../platform/page/span-fields.tsx'
import { replayOutcomes, useStartReplay } from './replays.ts'

interface ReplayModalProps {
  endpoint: Endpoint
  isOpen: boolean
  onClose: () => void
}

/** Sends the events of a span of time once more: which span, which types, and what became of them the first time. */
export function ReplayModal({ endpoint, isOpen, onClose }: ReplayModalProps) {
  const { t } = useTranslation('webhooks')
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('replay.title', { name: endpoint.name })} size="lg">
      <ReplayForm endpoint={endpoint} onClose={onClose} />
    </Modal>
  )
}

function ReplayForm({ endpoint, onClose }: Omit<ReplayModalProps, 'isOpen'>) {
  const { t } = useTranslation(['webhooks', 'shell'])
  const [span, setSpan] = useState(spanOfLast('day'))
  const [outcome, setOutcome] = useState<ReplayOutcome>('undelivered')
  const [types, setTypes] = useState<EventType[]>(endpoint.events)
  const [isTried, setTried] = useState(false)
  const start = useStartReplay(endpoint.id, onClose)
  const fault = spanFault(span)
  const submit = () => {
    setTried(true)
    const since = toInstant(span.since)
    if (fault !== null || since === null || types.length === 0) return
    const until = toInstant(span.until)
    start.mutate({ since, ...(until === null ? {} : { until }), types, outcome })
  }
  return (
    <Stack>
      <Text size="sm">{t('replay.text')}</Text>
      {start.error && <ErrorNote error={start.error} />}
      <SpanFields value={span} fault={isTried ? fault : null} onChange={setSpan} />
      <Radio.Group
        label={t('replay.outcome')}
        value={outcome}
        onChange={(chosen) => setOutcome(replayOutcomes.find((one) => one === chosen) ?? outcome)}
      >
        <Stack gap="xs" mt={8}>
          {replayOutcomes.map((one) => (
            <Radio key={one} value={one} label={t(`replay.outcomes.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Checkbox.Group
        label={t('replay.types')}
        error={isTried && types.length === 0 && t('form.eventsMissing')}
        value={types}
        onChange={(chosen) => setTypes(endpoint.events.filter((type) => chosen.includes(type)))}
      >
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing={8} mt={8}>
          {endpoint.events.map((type) => (
            <Checkbox key={type} size="sm" value={type} label={type} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('shell:cancel')}
        </Button>
        <Button loading={start.isPending} onClick={submit}>
          {t('replay.start')}
        </Button>
      </Group>
    </Stack>
  )
}
