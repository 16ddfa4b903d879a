import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Verdict } from '../../contract/index.ts'
import { toInstant, toLocalField } from '../platform/format/local-field.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { FilterSelect } from '../platform/page/filter-select.tsx'
import { SpanFields, spanFault, spanOfLast } from '../platform/page/span-fields.tsx'
import { ConnectorSelect } from './connector-select.tsx'
import { type InboundFilter, verdicts } from './filter.ts'
import { useStartReplay } from './inbound-replays.ts'

interface ReplayModalProps {
  /** What the page shows just now is what is offered. */
  filter: InboundFilter
  isOpen: boolean
  onClose: () => void
}

/** Works anew on what came in a span of time. */
export function ReplayModal({ filter, isOpen, onClose }: ReplayModalProps) {
  const { t } = useTranslation('intake')
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('replaySpan.title')} size="lg">
      <ReplayForm filter={filter} onClose={onClose} />
    </Modal>
  )
}

function ReplayForm({ filter, onClose }: Omit<ReplayModalProps, 'isOpen'>) {
  const { t } = useTranslation(['intake', 'shell', 'states'])
  const [span, setSpan] = useState(spanOf(filter))
  const [verdict, setVerdict] = useState<Verdict | undefined>(filter.verdict)
  const [connector, setConnector] = useState(filter.connector)
  const [isTried, setTried] = useState(false)
  const start = useStartReplay(onClose)
  const fault = spanFault(span)
  const submit = () => {
    setTried(true)
    const since = toInstant(span.since)
    if (fault !== null || since === null) return
    start.mutate({
      since,
      until: toInstant(span.until) ?? new Date().toISOString(),
      ...(verdict ? { verdict } : {}),
      ...(connector ? { connector_id: connector } : {}),
    })
  }
  return (
    <Stack>
      <Text size="sm">{t('replaySpan.text')}</Text>
      {start.error && <ErrorNote error={start.error} />}
      <SpanFields value={span} fault={isTried ? fault : null} onChange={setSpan} />
      <Group>
        <FilterSelect
          label={t('verdict')}
          all={t('allVerdicts')}
          options={verdicts.map((one) => ({ value: one, label: t(`states:${one}`) }))}
          value={verdict}
          onChange={setVerdict}
        />
        <ConnectorSelect value={connector} onChange={setConnector} />
      </Group>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('shell:cancel')}
        </Button>
        <Button loading={start.isPending} onClick={submit}>
          {t('replaySpan.start')}
        </Button>
      </Group>
    </Stack>
  )
}

function spanOf({ since, until }: InboundFilter) {
  if (since === undefined) return spanOfLast('day')
  return { since: toLocalField(since), until: until === undefined ? '' : toLocalField(until) }
}
