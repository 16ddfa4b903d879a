import { IconFile, IconMapPin, IconPhoto, IconVideo } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Template, TemplateComponent } from '../../contract/index.ts'
import { Bubble } from '../messages/bubble.tsx'
import bubbleClasses from '../messages/message-content.module.css'
import { WhatsAppText } from '../messages/whatsapp-text.tsx'
import type { TemplateValues } from './template-to-send.ts'

interface TemplateBubbleProps {
  template: Pick<Template, 'components'>
  /** Values by variable key; what has none is shown as `{{1}}`. */
  values?: TemplateValues
}

/** A template as the customer gets it: header, body, footer, buttons. */
export function TemplateBubble({ template, values = {} }: TemplateBubbleProps) {
  const part = (type: string) =>
    template.components.find((component) => component.type.toUpperCase() === type)
  const header = part('HEADER')
  const buttons = template.components.flatMap((component) => component.buttons ?? [])
  return (
    <Bubble direction="in" buttons={buttons.map((button) => button.text ?? button.type)}>
      {header && <Header header={header} values={valuesOf('header', values)} />}
      <WhatsAppText text={part('BODY')?.text ?? ''} values={values} />
      {part('FOOTER')?.text && (
        <div className={bubbleClasses.footer} dir="auto">
          {part('FOOTER')?.text}
        </div>
      )}
    </Bubble>
  )
}

const mediaIcons: Record<string, typeof IconPhoto> = {
  IMAGE: IconPhoto,
  VIDEO: IconVideo,
  DOCUMENT: IconFile,
  LOCATION: IconMapPin,
}

function Header({ header, values }: { header: TemplateComponent; values: TemplateValues }) {
  const { t } = useTranslation('templates')
  const format = (header.format ?? 'TEXT').toUpperCase()
  if (format === 'TEXT') {
    return (
      <div className={bubbleClasses.header}>
        <WhatsAppText text={header.text ?? ''} values={values} />
      </div>
    )
  }
  const Icon = mediaIcons[format] ?? IconFile
  return (
    <div className={bubbleClasses.headerMedia}>
      <Icon size={30} stroke={1.5} aria-hidden />
      {t('headerMedia', { kind: format.toLowerCase() })}
    </div>
  )
}

/** `header.1` → `1`: inside its place a variable goes by its own name. */
function valuesOf(place: string, values: TemplateValues): TemplateValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      key.startsWith(`${place}.`) ? [[key.slice(place.length + 1), value]] : [],
    ),
  )
}
