import { Button, Checkbox, Group, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Template } from '../../contract/index.ts'
import { useNumbers } from '../connectors/connectors.ts'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { MoreButton } from '../platform/page/more-button.tsx'
import { StateBadge } from '../platform/state/state-badge.tsx'
import { languageName } from '../templates/language-name.ts'
import { categoryWord } from '../templates/template-table.tsx'
import { useTemplates } from '../templates/templates.ts'
import classes from './templates-field.module.css'

interface TemplatesFieldProps {
  numberId: string
  value: string[]
  onChange: (ids: string[]) => void
  error?: ReactNode
}

/** Which approved templates of the number's account the campaign's hubs may use. */
export function TemplatesField({ numberId, value, onChange, error }: TemplatesFieldProps) {
  const { t } = useTranslation(['campaigns', 'shell'])
  const number = useNumbers().get(numberId)
  const templates = useTemplates({
    connector_id: number?.connector_id,
    enabled: number !== undefined,
  })
  const { items, isPending, error: readError, refetch } = templates
  const [text, setText] = useState('')
  if (!number) return <Text c="dimmed">{t('templates.numberFirst')}</Text>
  if (readError) return <ErrorState error={readError} onRetry={() => void refetch()} />
  if (isPending) return <LoadingRows count={4} />
  const choosable = items
    .filter(({ id, status }) => status === 'APPROVED' || value.includes(id))
    .toSorted((a, b) => a.name.localeCompare(b.name) || a.language.localeCompare(b.language))
  const shown = choosable.filter(({ name }) => name.includes(text.trim().toLowerCase()))
  const toggle = (id: string) =>
    onChange(value.includes(id) ? value.filter((one) => one !== id) : [...value, id])
  return (
    <div>
      <Group mb="sm" gap="sm">
        <TextInput
          aria-label={t('templates.search')}
          placeholder={t('templates.search')}
          leftSection={<IconSearch size={16} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          {t('templates.chosen', { count: value.length })}
        </Text>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => onChange([...new Set([...value, ...shown.map(({ id }) => id)])])}
        >
          {t('templates.all')}
        </Button>
      </Group>
      {error && (
        <Text c="var(--mantine-color-error)" size="sm" mb="xs" role="alert">
          {error}
        </Text>
      )}
      {choosable.length === 0 && <Text c="dimmed">{t('templates.none')}</Text>}
      <ul className={classes.templates}>
        {shown.map((template) => (
          <TemplateRow
            key={template.id}
            template={template}
            isChosen={value.includes(template.id)}
            onToggle={() => toggle(template.id)}
          />
        ))}
      </ul>
      <MoreButton pages={templates} size="compact-sm" mt="sm" />
    </div>
  )
}

interface TemplateRowProps {
  template: Template
  isChosen: boolean
  onToggle: () => void
}

function TemplateRow({ template, isChosen, onToggle }: TemplateRowProps) {
  const { t } = useTranslation('templates')
  const body = template.components.find(({ type }) => type.toUpperCase() === 'BODY')?.text ?? ''
  return (
    <li className={classes.template} data-chosen={isChosen || undefined}>
      <Checkbox
        checked={isChosen}
        onChange={onToggle}
        label={
          <span className={classes.label}>
            <span className={classes.name}>
              {template.name}
              {template.status !== 'APPROVED' && <StateBadge state={template.status} size="sm" />}
            </span>
            <span className={classes.facts}>
              {languageName(template.language)} · {categoryWord(template.category, t)}
            </span>
            <span className={classes.body} dir="auto">
              {body}
            </span>
          </span>
        }
        styles={{ body: { width: '100%' }, labelWrapper: { flex: 1, minWidth: 0 } }}
      />
    </li>
  )
}
