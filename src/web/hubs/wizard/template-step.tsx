import { Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../../platform/page/section.tsx'
import { TemplateChoice } from '../template-choice.tsx'
import { suggestSources, valuesOfRow } from './match-draft.ts'
import { useSampleRows } from './sample-rows.ts'
import type { StepProps } from './step-props.ts'
import { VariableSources } from './variable-sources.tsx'
import { WizardFoot } from './wizard-frame.tsx'

/** The hub's template, or another one for this list; its values are matched on the spot. */
export function TemplateStep({ list, campaign, preparation }: StepProps) {
  const { t } = useTranslation('hubs')
  const { draft, change, template, templates, missing, save, go, goOn } = preparation
  const [isTried, setTried] = useState(false)
  const first = useSampleRows(list.id)[0]
  const choose = (id: string | null) => {
    const chosen = templates.find((one) => one.id === id)
    change({ template_id: id, ...(chosen ? { variables: suggestSources(chosen, list.columns, draft) } : {}) })
  }
  const next = () => {
    setTried(true)
    if (template && missing.length === 0) goOn('when')
  }
  return (
    <>
      <Section title={t('template.title')} text={t('template.text')}>
        <TemplateChoice
          campaign={campaign}
          value={draft.template_id}
          onChange={choose}
          values={first && valuesOfRow(draft.variables, first.cells)}
        >
          {template && template.variables.length > 0 && (
            <Stack mt="xl" gap="sm">
              <Title order={3}>{t('template.values')}</Title>
              <VariableSources
                template={template}
                columns={list.columns}
                sources={draft.variables}
                faults={isTried ? missing : []}
                onChange={(variables) => change({ variables })}
              />
            </Stack>
          )}
          {isTried && !template && (
            <Text c="var(--mantine-color-error)" size="sm" mt="sm" role="alert">
              {t('template.missing')}
            </Text>
          )}
        </TemplateChoice>
      </Section>
      <WizardFoot
        onBack={() => go('match')}
        onContinue={next}
        isPending={save.isPending}
        error={save.error}
        hint={isTried && missing.length > 0 && t('wizard.incomplete')}
      />
    </>
  )
}
