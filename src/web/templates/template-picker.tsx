import { Button, Group, Modal, ScrollArea, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks'
import { IconArrowLeft, IconSearch, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Template, TemplateToSend } from '../../contract/index.ts'
import { useBusinessName } from '../connectors/connectors.ts'
import { PhonePreview } from '../messages/phone-preview.tsx'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { languageName } from './language-name.ts'
import { TemplateBubble } from './template-bubble.tsx'
import classes from './template-picker.module.css'
import { categoryWord } from './template-table.tsx'
import { missingValues, type TemplateValues, templateToSend } from './template-to-send.ts'
import { sampleValues, useTemplates } from './templates.ts'
import { VariableField } from './variable-field.tsx'

interface TemplatePickerProps {
  isOpen: boolean
  /** Only templates of this account can go out from its numbers. */
  connectorId: string | undefined
  /** Values known beforehand, such as the contact's name for "1". */
  onSend: (toSend: TemplateToSend, template: Template, values: TemplateValues) => void
  onClose: () => void
}

/** Choose an approved template, fill its values beside a phone that shows it, send. */
export function TemplatePicker({ isOpen, connectorId, onSend, onClose }: TemplatePickerProps) {
  const { t } = useTranslation('templates')
  const isPhone = useMediaQuery('(max-width: 48em)')
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('picker.title')} size={860} fullScreen={isPhone}>
      <Choice connectorId={connectorId} onSend={onSend} />
    </Modal>
  )
}

function Choice({ connectorId, onSend }: Pick<TemplatePickerProps, 'connectorId' | 'onSend'>) {
  const [chosen, setChosen] = useState<Template | null>(null)
  const [looked, setLooked] = useState<Template | null>(null)
  const { items } = useTemplates({ status: 'APPROVED', connector_id: connectorId, search: '' })
  const shown = looked ?? items[0]
  const sender = useBusinessName({ connectorId })
  if (chosen) return <Filling template={chosen} onBack={() => setChosen(null)} onSend={onSend} />
  return (
    <div className={classes.columns}>
      <TemplateList connectorId={connectorId} onLook={setLooked} onChoose={setChosen} />
      <div className={classes.preview}>
        <PhonePreview language={shown?.language ?? 'en'} sender={sender}>
          {shown && <TemplateBubble template={shown} values={sampleValues(shown)} />}
        </PhonePreview>
      </div>
    </div>
  )
}

interface TemplateListProps {
  connectorId: string | undefined
  onLook: (template: Template) => void
  onChoose: (template: Template) => void
}

function TemplateList({ connectorId, onLook, onChoose }: TemplateListProps) {
  const { t } = useTranslation('templates')
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text, 150)
  const { items, isPending, error, refetch } = useTemplates({
    status: 'APPROVED',
    connector_id: connectorId,
    search,
  })
  return (
    <Stack gap="sm">
      <TextInput
        data-autofocus
        aria-label={t('picker.search')}
        placeholder={t('picker.search')}
        leftSection={<IconSearch size={16} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingRows count={5} />}
      {!isPending && items.length === 0 && !error && (
        <Text c="dimmed">{search ? t('picker.noneFound', { text: search }) : t('picker.none')}</Text>
      )}
      <ScrollArea.Autosize mah={400} type="auto" viewportProps={{ tabIndex: -1 }}>
        {items.map((template) => (
          <UnstyledButton
            key={template.id}
            className={classes.template}
            onClick={() => onChoose(template)}
            onMouseEnter={() => onLook(template)}
            onFocus={() => onLook(template)}
          >
            <Text fw={580}>{template.name}</Text>
            <Text size="sm" c="dimmed">
              {languageName(template.language)} · {categoryWord(template.category, t)}
            </Text>
          </UnstyledButton>
        ))}
      </ScrollArea.Autosize>
    </Stack>
  )
}

interface FillingProps {
  template: Template
  onBack: () => void
  onSend: TemplatePickerProps['onSend']
}

function Filling({ template, onBack, onSend }: FillingProps) {
  const { t } = useTranslation('templates')
  const [values, setValues] = useState<TemplateValues>({})
  const [isTried, setTried] = useState(false)
  const sender = useBusinessName({ connectorId: template.connector_id })
  const missing = missingValues(template, values)
  const send = () => {
    setTried(true)
    if (missing.length === 0) onSend(templateToSend(template, values), template, values)
  }
  return (
    <form
      className={classes.columns}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Stack gap="sm">
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconArrowLeft size={14} />}
          onClick={onBack}
          mr="auto"
        >
          {t('picker.back')}
        </Button>
        <Text fw={600}>{template.name}</Text>
        <Text c="dimmed" size="sm">
          {template.variables.length === 0 ? t('picker.nothingToFill') : t('picker.fill')}
        </Text>
        {template.variables.map((variable, index) => (
          <VariableField
            key={variable.key}
            variable={variable}
            value={values[variable.key] ?? ''}
            error={isTried && missing.includes(variable.key) ? t('picker.missing') : null}
            isFirst={index === 0}
            onChange={(value) => setValues({ ...values, [variable.key]: value })}
          />
        ))}
        <Group justify="flex-end" mt="sm">
          <Button type="submit" leftSection={<IconSend size={16} />}>
            {t('picker.send')}
          </Button>
        </Group>
      </Stack>
      <div className={classes.preview}>
        <PhonePreview language={template.language} sender={sender}>
          <TemplateBubble template={template} values={values} />
        </PhonePreview>
      </div>
    </form>
  )
}
