import type { MessageContent } from '../../contract/index.ts'

/** Reads a field of provider JSON: whatever isn't there, or isn't text, is ''. */
export function textAt(value: unknown, ...path: string[]): string {
  const found = valueAt(value, ...path)
  return typeof found === 'string' ? found : ''
}

export function numberAt(value: unknown, ...path: string[]): number | null {
  const found = valueAt(value, ...path)
  return typeof found === 'number' ? found : null
}

/** A number that may have come as text. */
export function measureAt(value: unknown, ...path: string[]): number | null {
  const text = textAt(value, ...path)
  const number = text === '' ? numberAt(value, ...path) : Number(text)
  return number !== null && Number.isFinite(number) ? number : null
}

export function listAt(value: unknown, ...path: string[]): unknown[] {
  const found = valueAt(value, ...path)
  return Array.isArray(found) ? found : []
}

export function valueAt(value: unknown, ...path: string[]): unknown {
  let current = value
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined
    current = Object.hasOwn(current, key) ? Reflect.get(current, key) : undefined
  }
  return current
}

/** A template as it was sent, variables filled; `content.preview` is kept with each outgoing template. */
export interface SentTemplate {
  header: string
  body: string
  footer: string
  buttons: string[]
}

export function sentTemplateOf(content: MessageContent): SentTemplate {
  const preview = content.preview
  return {
    header: textAt(preview, 'header') || textAt(preview, 'header', 'text'),
    body: textAt(preview, 'body') || (content.text?.body ?? ''),
    footer: textAt(preview, 'footer'),
    buttons: listAt(preview, 'buttons').map((button) =>
      typeof button === 'string' ? button : textAt(button, 'text'),
    ),
  }
}

/** What stands below a bubble as buttons: of a template, or of buttons and a list we offered. */
export function buttonsOf({ type, content }: { type: string; content: MessageContent }): string[] {
  if (type === 'template') return sentTemplateOf(content).buttons
  const action = valueAt(content.interactive, 'action')
  const list = textAt(action, 'button')
  if (list !== '') return [list]
  return listAt(action, 'buttons')
    .map((button) => textAt(button, 'reply', 'title'))
    .filter(Boolean)
}
