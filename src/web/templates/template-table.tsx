import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Template } from '../../contract/index.ts'
import { DataTable } from '../platform/page/data-table.tsx'
import { StateBadge } from '../platform/state/state-badge.tsx'
import { languageName } from './language-name.ts'
import classes from './templates-page.module.css'

/** One row per template and language; a row opens its preview. */
export function TemplateTable({
  templates,
  onOpen,
}: {
  templates: Template[]
  onOpen: (template: Template) => void
}) {
  const { t } = useTranslation('templates')
  return (
    <DataTable
      label={t('title')}
      columns={[t('column.name'), t('column.language'), t('column.category'), t('column.status')]}
    >
      {templates.map((template) => (
        <tr key={template.id} className={classes.row}>
          <td>
            <UnstyledButton className={classes.rowButton} onClick={() => onOpen(template)}>
              <span className={classes.name}>{template.name}</span>
              <span className={classes.preview} dir="auto">
                {bodyOf(template)}
              </span>
            </UnstyledButton>
          </td>
          <td data-label={t('column.language')}>{languageName(template.language)}</td>
          <td data-label={t('column.category')}>{categoryWord(template.category, t)}</td>
          <td data-label={t('column.status')}>
            <StateBadge state={template.status} title={template.rejected_reason ?? undefined} />
          </td>
        </tr>
      ))}
    </DataTable>
  )
}

function bodyOf(template: Template): string {
  return template.components.find((component) => component.type.toUpperCase() === 'BODY')?.text ?? ''
}

export function categoryWord(
  category: string,
  t: (key: `category.${'UTILITY' | 'MARKETING' | 'AUTHENTICATION'}`) => string,
): string {
  return category === 'UTILITY' || category === 'MARKETING' || category === 'AUTHENTICATION'
    ? t(`category.${category}`)
    : category
}
