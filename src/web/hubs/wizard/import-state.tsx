import { Progress, Text } from '@mantine/core'
import { IconFileX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { formatNumber, formatShare } from '../../platform/format/number.ts'
import { EmptyState } from '../../platform/page/empty-state.tsx'
import { Section } from '../../platform/page/section.tsx'
import { ReplaceFileButton } from './replace-file-button.tsx'

/** In place of a step while the rows are read or judged, and when the file could not be read. */
export function ImportState({ list }: { list: List }) {
  const { t } = useTranslation('hubs')
  if (list.import_error !== null) {
    return (
      <EmptyState
        boxed
        icon={IconFileX}
        title={t('import.failed')}
        text={list.import_error}
        action={<ReplaceFileButton list={list} />}
      />
    )
  }
  const share = list.import_progress ?? 0
  return (
    <Section title={t('import.title')} text={t('import.text')}>
      <Text mb="xs" className="numeric">
        {formatShare(share)} · {t('rows', { count: list.rows, n: formatNumber(list.rows) })}
      </Text>
      <Progress value={share * 100} size="lg" aria-label={t('import.title')} />
    </Section>
  )
}
