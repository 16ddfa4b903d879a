import { Accordion, Code, SegmentedControl, Text } from '@mantine/core'
import { IconListSearch } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { EndpointFormat, EventTypeEntry } from '../../contract/index.ts'
import { EmptyState } from '../platform/page/empty-state.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import filters from '../platform/page/filters.module.css'
import { JsonView } from '../platform/page/json-view.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import { SearchField } from '../platform/page/search-field.tsx'
import { useEventTypes } from './catalogue.ts'
import { type CatalogueFilter, readCatalogueFilter } from './catalogue-filter.ts'
import classes from './catalogue-page.module.css'
import { formats } from './endpoint-values.ts'
import { eventGroups, groupNames } from './event-types.ts'

const route = getRouteApi('/w/$workspace/events/types')

/** What can my system hear, and what does it look like? */
export function CataloguePage() {
  const { t } = useTranslation('webhooks')
  const filter = readCatalogueFilter(route.useSearch())
  const navigate = useNavigate({ from: '/w/$workspace/events/types' })
  const change = (next: CatalogueFilter) =>
    void navigate({ search: readCatalogueFilter({ ...filter, ...next }), replace: true })
  const { data: catalogue, error, isPending, refetch } = useEventTypes()
  const found = catalogue?.filter(({ type }) => type.includes(filter.search ?? ''))
  return (
    <Page>
      <PageHeader title={t('catalogue.title')} summary={t('catalogue.summary')} />
      <div className={filters.filters}>
        <SearchField
          label={t('catalogue.search')}
          value={filter.search}
          onSearch={(search) => change({ search: search?.toLowerCase() })}
        />
        <SegmentedControl
          aria-label={t('form.format')}
          value={filter.format ?? 'normalized'}
          onChange={(chosen) => change({ format: formats.find((format) => format === chosen) })}
          data={formats.map((format) => ({ value: format, label: t(`formatShort.${format}`) }))}
        />
      </div>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingRows count={8} />}
      {found?.length === 0 && (
        <EmptyState
          boxed
          icon={IconListSearch}
          title={t('catalogue.nothing')}
          text={t('catalogue.nothingText')}
        />
      )}
      {found && (
        <Groups
          entries={found}
          format={filter.format ?? 'normalized'}
          open={filter.type ?? null}
          onOpen={(type) => change({ type: type ?? undefined })}
        />
      )}
    </Page>
  )
}

interface GroupsProps {
  entries: EventTypeEntry[]
  format: EndpointFormat
  open: string | null
  onOpen: (type: string | null) => void
}

function Groups({ entries, format, open, onOpen }: GroupsProps) {
  const { t } = useTranslation('webhooks')
  return groupNames.map((name) => {
    const ofGroup = entries.filter(({ type }) => eventGroups[name].some((one) => one === type))
    if (ofGroup.length === 0) return null
    return (
      <section key={name} className={classes.group} aria-label={t(`group.${name}`)}>
        <h2 className={classes.groupName}>{t(`group.${name}`)}</h2>
        <Accordion variant="contained" radius="md" value={open} onChange={onOpen}>
          {ofGroup.map((entry) => (
            <Accordion.Item key={entry.type} value={entry.type}>
              <Accordion.Control>
                <span className={classes.type}>{entry.type}</span>
                <Text size="sm" c="dimmed">
                  <Worded text={entry.description} />
                </Text>
              </Accordion.Control>
              <Accordion.Panel>
                {entry.type === open && <Sample entry={entry} format={format} />}
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      </section>
    )
  })
}

/** With the names of fields and values, which stand between backticks, set as code. */
function Worded({ text }: { text: string }) {
  return text.split('`').map((part, index) => (index % 2 === 0 ? part : <Code key={part}>{part}</Code>))
}

function Sample({ entry, format }: { entry: EventTypeEntry; format: EndpointFormat }) {
  const { t } = useTranslation('webhooks')
  const sample = entry.samples[format]
  if (sample === null) return <Text size="sm">{t('catalogue.none')}</Text>
  return <JsonView label={t(`format.${format}`)} text={JSON.stringify(sample)} />
}
