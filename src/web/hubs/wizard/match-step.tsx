import { Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../../platform/page/section.tsx'
import { RefusedRows } from '../recipients/refused-rows.tsx'
import { DraftPreview } from './draft-preview.tsx'
import { SampleTable } from './sample-table.tsx'
import type { StepProps } from './step-props.ts'
import { VariableSources } from './variable-sources.tsx'
import { WizardFoot } from './wizard-frame.tsx'
import classes from './wizard-step.module.css'

/** Which column says who it is, by phone or user id, and which fills what. Found by the hub where it could be. */
export function MatchStep({ list, preparation }: StepProps) {
  const { t } = useTranslation('hubs')
  const { draft, change, template, missing, save, go, goOn } = preparation
  const [isTried, setTried] = useState(false)
  const hasPeople = draft.phone !== '' || Boolean(draft.user_id)
  const isComplete = hasPeople && missing.length === 0
  const next = () => {
    setTried(true)
    if (isComplete) goOn('template')
  }
  return (
    <>
      <Section title={t('match.title')} text={t('match.text')}>
        <div className={template ? classes.columns : undefined}>
          <Stack gap="lg">
            <PeopleColumns
              columns={list.columns}
              preparation={preparation}
              isMissing={isTried && !hasPeople}
            />
            {template ? (
              <VariableSources
                template={template}
                columns={list.columns}
                sources={draft.variables}
                faults={isTried ? missing : []}
                onChange={(variables) => change({ variables })}
              />
            ) : (
              <Text size="sm" c="dimmed">
                {t('match.templateLater')}
              </Text>
            )}
            <SampleTable list={list} people={[draft.phone, draft.user_id]} />
          </Stack>
          {template && <DraftPreview list={list} template={template} draft={draft} />}
        </div>
      </Section>
      <RefusedRows list={list} phoneColumn={draft.phone} />
      <WizardFoot
        onBack={() => go('source')}
        onContinue={next}
        isPending={save.isPending}
        error={save.error}
        hint={isTried && !isComplete && t('wizard.incomplete')}
      />
    </>
  )
}

interface PeopleColumnsProps extends Pick<StepProps, 'preparation'> {
  columns: string[]
  isMissing: boolean
}

/** The phone, the user id, or both. */
function PeopleColumns({ columns, preparation, isMissing }: PeopleColumnsProps) {
  const { t } = useTranslation('hubs')
  const { draft, change } = preparation
  const isSearchable = columns.length > 8
  return (
    <>
      <Select
        label={t('match.phone')}
        description={t('match.phoneHint')}
        placeholder={t('match.choose')}
        data={columns}
        value={draft.phone || null}
        error={isMissing ? t('match.phoneMissing') : null}
        clearable={Boolean(draft.user_id)}
        allowDeselect={false}
        searchable={isSearchable}
        maw={340}
        onChange={(phone) => change({ phone: phone ?? '' })}
      />
      <Select
        label={t('match.user')}
        description={t('match.userHint')}
        placeholder={t('match.userNone')}
        data={columns.filter((column) => column !== draft.phone)}
        value={draft.user_id || null}
        clearable
        searchable={isSearchable}
        maw={340}
        onChange={(column) => change({ user_id: column ?? '' })}
      />
    </>
  )
}
