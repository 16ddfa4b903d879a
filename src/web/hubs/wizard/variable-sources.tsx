import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Template, TemplateVariable, VariableSource } from '../../../contract/index.ts'
import { useVariableLabel } from '../../templates/variable-field.tsx'
import type { Sources } from './match-draft.ts'
import classes from './variable-sources.module.css'

interface VariableSourcesProps {
  template: Template
  columns: readonly string[]
  sources: Sources
  /** Keys that need a source and have none, once somebody tried to go on. */
  faults: readonly string[]
  onChange: (sources: Sources) => void
}

/** Where each value of the template comes from: a column, a fixed text, what is known of the contact. */
export function VariableSources({ template, columns, sources, faults, onChange }: VariableSourcesProps) {
  return (
    <div className={classes.variables}>
      {template.variables.map((variable) => (
        <VariableRow
          key={variable.key}
          variable={variable}
          columns={columns}
          source={sources[variable.key]}
          hasFault={faults.includes(variable.key)}
          onChange={(source) => onChange({ ...sources, [variable.key]: source })}
        />
      ))}
    </div>
  )
}

interface VariableRowProps {
  variable: TemplateVariable
  columns: readonly string[]
  source: VariableSource | undefined
  hasFault: boolean
  onChange: (source: VariableSource) => void
}

function VariableRow({ variable, columns, source, hasFault, onChange }: VariableRowProps) {
  const { t } = useTranslation('hubs')
  const label = useVariableLabel()(variable)
  const kind = source === undefined ? null : kindOf(source)
  return (
    <fieldset className={classes.variable} aria-label={label}>
      <Select
        label={label}
        placeholder={t('match.choose')}
        data={[
          {
            group: t('match.columns'),
            items: columns.map((name) => ({ value: `column:${name}`, label: name })),
          },
          {
            group: t('match.other'),
            items: [
              { value: 'constant', label: t('match.constant') },
              { value: 'attribute', label: t('match.attribute') },
            ],
          },
        ]}
        value={source?.column === undefined ? kind : `column:${source.column}`}
        error={hasFault && (kind === null || kind === 'column') ? t('match.missing') : null}
        allowDeselect={false}
        searchable={columns.length > 8}
        onChange={(choice) => choice !== null && onChange(sourceOf(choice, source?.fallback))}
      />
      {source && kind === 'constant' && (
        <TextInput
          label={t('match.constant')}
          placeholder={variable.sample ?? ''}
          value={source.constant ?? ''}
          error={hasFault ? t('match.missing') : null}
          onChange={(event) => onChange({ constant: event.currentTarget.value })}
          dir="auto"
        />
      )}
      {source && kind === 'attribute' && (
        <TextInput
          label={t('match.attributeName')}
          value={source.attribute ?? ''}
          error={hasFault ? t('match.missing') : null}
          onChange={(event) => onChange({ ...source, attribute: event.currentTarget.value })}
        />
      )}
      {source && kind !== 'constant' && (
        <TextInput
          label={t('match.fallback')}
          placeholder={t('match.fallbackNone')}
          value={source.fallback ?? ''}
          onChange={(event) => onChange(withFallback(source, event.currentTarget.value))}
          dir="auto"
        />
      )}
    </fieldset>
  )
}

type Kind = 'column' | 'constant' | 'attribute'

function kindOf({ constant, attribute }: VariableSource): Kind {
  if (constant !== undefined) return 'constant'
  return attribute === undefined ? 'column' : 'attribute'
}

function sourceOf(choice: string, fallback: string | undefined): VariableSource {
  if (choice === 'constant') return { constant: '' }
  const source = choice === 'attribute' ? { attribute: '' } : { column: choice.slice('column:'.length) }
  return fallback === undefined ? source : { ...source, fallback }
}

function withFallback({ fallback: _, ...source }: VariableSource, fallback: string): VariableSource {
  return fallback === '' ? source : { ...source, fallback }
}
