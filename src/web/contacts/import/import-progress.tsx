import { Button, Progress, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { ContactImport } from '../../../contract/index.ts'
import { formatNumber, formatShare } from '../../platform/format/number.ts'
import { ConfirmModal } from '../../platform/page/confirm-modal.tsx'
import { Section } from '../../platform/page/section.tsx'
import { useImportAct } from './imports.ts'

/** The file being read, or its rows being written. */
export function ImportProgress({ one }: { one: ContactImport }) {
  const { t } = useTranslation('contacts')
  const [isAsking, asking] = useDisclosure()
  const cancel = useImportAct(one.id, 'cancel')
  const isWriting = one.state === 'running'
  const title = isWriting ? t('import.running') : t('import.reading')
  const rows = isWriting
    ? t('import.progress', { done: formatNumber(one.rows_done), rows: formatNumber(one.rows) })
    : t('import.rows', { count: one.rows, n: formatNumber(one.rows) })
  return (
    <Section
      title={title}
      text={t('import.readingText')}
      actions={
        <Button variant="default" onClick={asking.open}>
          {t('import.stop')}
        </Button>
      }
    >
      <Text mb="xs" className="numeric" aria-live="polite">
        {formatShare(one.progress)} · {rows}
      </Text>
      <Progress value={one.progress * 100} size="lg" aria-label={title} />
      <ConfirmModal
        isOpen={isAsking}
        onClose={asking.close}
        title={t('import.stopTitle')}
        text={t('import.stopText')}
        confirm={t('import.stop')}
        isPending={cancel.isPending}
        error={cancel.error}
        onConfirm={() => cancel.mutate(undefined, { onSuccess: asking.close })}
      />
    </Section>
  )
}
