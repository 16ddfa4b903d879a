import { Checkbox, Radio, Select, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Section } from '../../platform/page/section.tsx'
import classes from './import.module.css'
import type { MatchDraft } from './match-draft.ts'

interface ImportOptionsProps {
  draft: MatchDraft
  onChange: (draft: MatchDraft) => void
}

/** What happens to contacts there are, and who has opted out. */
export function ImportOptions({ draft, onChange }: ImportOptionsProps) {
  const { t } = useTranslation('contacts')
  const hasColumn = Object.values(draft.meanings).some(({ kind }) => kind === 'opt_out')
  return (
    <Section title={t('import.options.title')}>
      <div className={classes.options}>
        <Radio.Group
          label={t('import.options.known')}
          value={draft.known}
          onChange={(known) => onChange({ ...draft, known: known === 'keep' ? 'keep' : 'update' })}
        >
          <Stack gap="sm" mt="xs">
            <Radio
              value="update"
              label={t('import.options.update')}
              description={t('import.options.updateText')}
            />
            <Radio value="keep" label={t('import.options.keep')} description={t('import.options.keepText')} />
          </Stack>
        </Radio.Group>
        <Stack gap="md">
          <Checkbox
            label={t('import.options.everybody')}
            description={t('import.options.everybodyText')}
            disabled={hasColumn}
            checked={draft.isOptOutOfAll}
            onChange={(event) => onChange({ ...draft, isOptOutOfAll: event.currentTarget.checked })}
          />
          {(hasColumn || draft.isOptOutOfAll) && (
            <Select
              label={t('import.options.scope')}
              data={[
                { value: 'all', label: t('import.options.all') },
                { value: 'marketing', label: t('import.options.marketing') },
              ]}
              value={draft.scope}
              allowDeselect={false}
              onChange={(scope) => onChange({ ...draft, scope: scope === 'marketing' ? 'marketing' : 'all' })}
            />
          )}
        </Stack>
      </div>
    </Section>
  )
}
