import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../platform/format/number.ts'
import { Section } from '../../platform/page/section.tsx'
import { ReplaceFileButton } from './replace-file-button.tsx'
import type { StepProps } from './step-props.ts'
import { WizardFoot } from './wizard-frame.tsx'

/** The file as it was read. */
export function SourceStep({ list, preparation }: StepProps) {
  const { t } = useTranslation('hubs')
  return (
    <>
      <Section
        title={list.file_name ?? list.name}
        text={t('rows', { count: list.rows, n: formatNumber(list.rows) })}
        actions={<ReplaceFileButton list={list} />}
      >
        <Text size="sm" c="dimmed">
          {t('source.columns')}
        </Text>
        <Text>{list.columns.join(' · ')}</Text>
      </Section>
      <WizardFoot onContinue={() => preparation.go('match')} />
    </>
  )
}
