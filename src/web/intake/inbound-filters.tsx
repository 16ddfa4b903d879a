import { Button, Group, Popover, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCalendar } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toInstant, toLocalField } from '../platform/format/local-field.ts'
import { dateTime } from '../platform/format/time.ts'
import { FilterSelect } from '../platform/page/filter-select.tsx'
import filters from '../platform/page/filters.module.css'
import { SearchField } from '../platform/page/search-field.tsx'
import { SpanFields, spanFault, spanOfLast } from '../platform/page/span-fields.tsx'
import { ConnectorSelect } from './connector-select.tsx'
import { factKinds, type InboundFilter, verdicts } from './filter.ts'

export interface InboundFiltersProps {
  filter: InboundFilter
  /** With undefined for what is taken away. */
  onChange: (change: { [Name in keyof InboundFilter]?: InboundFilter[Name] | undefined }) => void
}

/** By phone, id or type; kind, verdict, connector, time. */
export function InboundFilters({ filter, onChange }: InboundFiltersProps) {
  const { t } = useTranslation(['intake', 'states'])
  return (
    <div className={filters.filters}>
      <SearchField label={t('search')} value={filter.search} onSearch={(search) => onChange({ search })} />
      <FilterSelect
        label={t('type')}
        all={t('allTypes')}
        options={factKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        value={filter.type}
        onChange={(type) => onChange({ type })}
        width={160}
      />
      <FilterSelect
        label={t('verdict')}
        all={t('allVerdicts')}
        options={verdicts.map((verdict) => ({ value: verdict, label: t(`states:${verdict}`) }))}
        value={filter.verdict}
        onChange={(verdict) => onChange({ verdict })}
        width={160}
      />
      <ConnectorSelect value={filter.connector} onChange={(connector) => onChange({ connector })} />
      <TimeFilter filter={filter} onChange={onChange} />
    </div>
  )
}

function TimeFilter({ filter: { since, until }, onChange }: InboundFiltersProps) {
  const { t } = useTranslation(['intake', 'shell'])
  const [isOpen, popover] = useDisclosure()
  const [span, setSpan] = useState(() =>
    since === undefined
      ? spanOfLast('day')
      : { since: toLocalField(since), until: until === undefined ? '' : toLocalField(until) },
  )
  const [isTried, setTried] = useState(false)
  const show = () => {
    setTried(true)
    if (spanFault(span) !== null) return
    onChange({ since: toInstant(span.since) ?? undefined, until: toInstant(span.until) ?? undefined })
    popover.close()
  }
  const clear = () => {
    onChange({ since: undefined, until: undefined })
    popover.close()
  }
  return (
    <Popover
      opened={isOpen}
      onChange={(open) => (open ? popover.open() : popover.close())}
      width={360}
      trapFocus
    >
      <Popover.Target>
        <Button variant="default" leftSection={<IconCalendar size={16} />} onClick={popover.toggle}>
          {since === undefined
            ? t('anyTime')
            : [since, until]
                .flatMap((at) => at ?? [])
                .map(dateTime)
                .join(' – ')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack>
          <SpanFields value={span} fault={isTried ? spanFault(span) : null} onChange={setSpan} />
          <Group justify="flex-end">
            <Button variant="default" onClick={clear}>
              {t('anyTime')}
            </Button>
            <Button onClick={show}>{t('showSpan')}</Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
