import type { TemplateReading } from '../meta/meta-client.ts'
import { property, text } from '../meta/read-error.ts'
import { listAt } from './list-at.ts'

const fileTypes = new Set(['IMAGE', 'VIDEO', 'DOCUMENT', 'GIF', 'LOCATION'])

/** One item of Gupshup's list as Meta would tell it; none when it has no id or name. */
export function readTemplate(item: unknown): TemplateReading[] {
  const id = text(property(item, 'id'))
  const name = text(property(item, 'elementName'))
  const language = text(property(item, 'languageCode'))
  if (id === null || name === null || language === null) return []
  return [
    {
      external_id: id,
      name,
      language: language.replace('-', '_'),
      category: text(property(item, 'category'))?.toUpperCase() ?? '',
      status: text(property(item, 'status'))?.toUpperCase() ?? '',
      rejected_reason: text(property(item, 'reason')),
      quality: text(property(item, 'quality'))?.toUpperCase() ?? null,
      parameter_format: 'POSITIONAL',
      components: componentsOf(item),
    },
  ]
}

type Component = Record<string, unknown>

/** Gupshup keeps the parts in a JSON text; `data` alone holds the body and the buttons' labels run together. */
function componentsOf(item: unknown): Component[] {
  const parts = parsed(property(item, 'containerMeta'))
  const body = text(property(parts, 'data')) ?? text(property(item, 'data')) ?? ''
  const sample =
    text(property(parts, 'sampleText')) ?? text(property(parsed(property(item, 'meta')), 'example'))
  const values = sampleValues(body, sample)
  const buttons = listAt(property(parts, 'buttons')).filter(isComponent)
  const footer = text(property(parts, 'footer'))
  return [
    ...headerOf(item, parts),
    { type: 'BODY', text: body, ...(values.length > 0 ? { example: { body_text: [values] } } : {}) },
    ...(footer === null ? [] : [{ type: 'FOOTER', text: footer }]),
    ...(buttons.length > 0 ? [{ type: 'BUTTONS', buttons }] : []),
  ]
}

function headerOf(item: unknown, parts: unknown): Component[] {
  const type = text(property(item, 'templateType'))?.toUpperCase() ?? 'TEXT'
  if (fileTypes.has(type)) return [{ type: 'HEADER', format: type }]
  const header = text(property(parts, 'header'))
  return header === null ? [] : [{ type: 'HEADER', format: 'TEXT', text: header }]
}

const placeholder = /\{\{\s*\d+\s*\}\}/g
const sampleLengthMax = 2000
const valuesMax = 20

/** The sample is the whole text with values filled in, some in brackets: what stands where the variables are. */
function sampleValues(body: string, sample: string | null): string[] {
  const texts = body.split(placeholder)
  const count = texts.length - 1
  if (sample === null || count === 0 || count > valuesMax || sample.length > sampleLengthMax) return []
  let rest = sample
  const values: string[] = []
  for (const [index, words] of texts.entries()) {
    const isLast = index === texts.length - 1
    const at = index > 0 && isLast && words === '' ? rest.length : rest.indexOf(words)
    if (at === -1) return []
    if (index > 0) values.push(rest.slice(0, at).replace(/^\[(.*)\]$/s, '$1'))
    rest = rest.slice(at + words.length)
  }
  return values
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

function isComponent(value: unknown): value is Component {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
