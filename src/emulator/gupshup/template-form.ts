import type { Json } from '../json.ts'
import { type GupshupApp, templateIdFrom } from '../world/gupshup-apps.ts'
import {
  componentOf,
  type Template,
  type TemplateButton,
  type TemplateComponent,
} from '../world/templates.ts'

/** A template as Gupshup's list shows it: its parts in a JSON text inside the JSON. */
export function describeForGupshup(app: GupshupApp, template: Template): Json {
  const { components } = template
  const header = componentOf(components, 'HEADER')
  const body = componentOf(components, 'BODY')?.text ?? ''
  const buttons = componentOf(components, 'BUTTONS')?.buttons ?? []
  const format = header?.format?.toUpperCase() ?? 'TEXT'
  const sampleText = filled(body, samplesIn(componentOf(components, 'BODY')))
  const containerMeta = {
    appId: app.id,
    data: body,
    buttons,
    header: format === 'TEXT' ? header?.text : undefined,
    footer: componentOf(components, 'FOOTER')?.text,
    sampleText,
    enableSample: true,
  }
  return {
    id: templateIdFrom(template.id),
    externalId: template.id,
    appId: app.id,
    wabaId: template.wabaId,
    elementName: template.name,
    languageCode: template.language,
    languagePolicy: 'deterministic',
    category: template.category,
    oldCategory: template.previousCategory ?? null,
    templateType: format,
    status: template.status,
    quality: template.quality,
    reason: template.status === 'REJECTED' ? template.rejectedReason : null,
    data: [body, ...buttons.map((button) => `[${button.text ?? ''}]`)].join(' | '),
    containerMeta: JSON.stringify(containerMeta),
    meta: JSON.stringify({ example: sampleText }),
    vertical: template.name,
    modifiedOn: template.updatedMs,
    stage: 'NONE',
  }
}

/** Meta's components out of the fields of the form. */
export function componentsFrom(form: Json): TemplateComponent[] {
  const format = String(form.templateType).toUpperCase()
  const components: TemplateComponent[] = []
  if (format !== 'TEXT') {
    components.push({ type: 'HEADER', format, example: { header_handle: [form.exampleMedia] } })
  } else if (typeof form.header === 'string') {
    const example = { header_text: bracketed(String(form.exampleHeader ?? '')) }
    components.push({ type: 'HEADER', format, text: form.header, example })
  }
  const example = { body_text: [bracketed(String(form.example ?? ''))] }
  components.push({ type: 'BODY', text: String(form.content), example })
  if (typeof form.footer === 'string') components.push({ type: 'FOOTER', text: form.footer })
  const buttons = buttonsIn(form.buttons)
  if (buttons.length > 0) components.push({ type: 'BUTTONS', buttons })
  return components
}

function buttonsIn(field: unknown): TemplateButton[] {
  if (typeof field !== 'string') return []
  try {
    const buttons: unknown = JSON.parse(field)
    return Array.isArray(buttons) ? buttons : []
  } catch {
    return []
  }
}

/** Samples stand in brackets inside the whole text. */
function bracketed(text: string): string[] {
  return Array.from(text.matchAll(/\[([^\]]*)\]/g), (match) => match[1] ?? '')
}

function samplesIn(body: TemplateComponent | undefined): string[] {
  const samples: unknown = body?.example?.body_text
  const first: unknown = Array.isArray(samples) ? samples[0] : undefined
  return Array.isArray(first) ? first.map(String) : []
}

function filled(text: string, samples: string[]): string {
  return text.replace(/\{\{\s*(\d+)\s*\}\}/g, (whole, number: string) => {
    const sample = samples[Number(number) - 1]
    return sample === undefined ? whole : `[${sample}]`
  })
}
