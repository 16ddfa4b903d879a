import { Drawer, Group, Stack, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Template } from '../../contract/index.ts'
import { useBusinessName } from '../connectors/connectors.ts'
import { PhonePreview } from '../messages/phone-preview.tsx'
import { dateTime } from '../platform/format/time.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Note } from '../platform/page/note.tsx'
import { StateBadge } from '../platform/state/state-badge.tsx'
import { DeleteTemplate } from './delete-template.tsx'
import { languageName } from './language-name.ts'
import { RejectionNote } from './rejection-note.tsx'
import { SubmitDraft } from './submit-draft.tsx'
import { TemplateBubble } from './template-bubble.tsx'
import { TemplateHistory } from './template-history.tsx'
import { categoryWord } from './template-table.tsx'
import { sampleValues, useTemplate } from './templates.ts'
import { useVariableLabel } from './variable-field.tsx'

/** One template: how it looks, its verdict and the reason, what has to be filled in. */
export function TemplateDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('templates')
  const { data: template, error, refetch } = useTemplate(id)
  return (
    <Drawer opened={id !== undefined} onClose={onClose} title={template?.name ?? t('template')} size={440}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!template && !error && <LoadingRows count={4} />}
      {template && <Details template={template} onDeleted={onClose} />}
    </Drawer>
  )
}

function Details({ template, onDeleted }: { template: Template; onDeleted: () => void }) {
  const { t } = useTranslation('templates')
  const labelOf = useVariableLabel()
  const sender = useBusinessName({ connectorId: template.connector_id })
  return (
    <Stack gap="lg">
      <Group gap="xs">
        <StateBadge state={template.status} />
        <Text size="sm" c="dimmed">
          {categoryWord(template.category, t)} · {languageName(template.language)}
        </Text>
      </Group>
      {template.rejected_reason && <RejectionNote reason={template.rejected_reason} />}
      <SubmitDraft template={template} />
      {template.coming_category && (
        <Note tone="amber" icon={IconInfoCircle} title={t('coming.title')}>
          <ComingCategory template={template} category={template.coming_category} />
        </Note>
      )}
      <PhonePreview language={template.language} sender={sender}>
        <TemplateBubble template={template} values={sampleValues(template)} />
      </PhonePreview>
      <div>
        <Text fw={600} mb={4}>
          {t('variables', { count: template.variables.length })}
        </Text>
        {template.variables.map((variable) => (
          <Group key={variable.key} justify="space-between" py={5}>
            <Text size="sm">{labelOf(variable)}</Text>
            <Text size="sm" c="dimmed">
              {variable.sample ?? t(`kind.${variable.kind}`)}
            </Text>
          </Group>
        ))}
      </div>
      <TemplateHistory id={template.id} />
      <Text size="sm" c="dimmed">
        {t('changed')} <TimeText at={template.updated_at} look="full" />
      </Text>
      <DeleteTemplate template={template} onDeleted={onDeleted} />
    </Stack>
  )
}

function ComingCategory({ template, category }: { template: Template; category: string }) {
  const { t } = useTranslation('templates')
  const word = categoryWord(category, t)
  const { coming_category_at: at } = template
  return at
    ? t('coming.textAt', { category: word, time: dateTime(at) })
    : t('coming.text', { category: word })
}
