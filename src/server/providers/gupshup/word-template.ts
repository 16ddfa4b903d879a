import { property, text } from '../meta/read-error.ts'
import { listAt } from './list-at.ts'

export type WordedTemplate = { ok: true; fields: Record<string, string> } | { ok: false; reason: string }

const attachments = new Set(['image', 'video', 'document', 'location'])

/**
 * Fields `template` and `message` of the template API: Gupshup's own id of the template and one flat list of values,
 * the header's first, then the body's, then the buttons'. https://docs.gupshup.io/reference/post_wa-api-v1-template-msg,
 * read 2026-10-01.
 */
export function wordTemplate(template: unknown, id: string | null): WordedTemplate {
  if (id === null)
    return { ok: false, reason: 'The id of the template at Gupshup is not known; sync the templates.' }
  const params: string[] = []
  const postbacks: { index: number; text: string }[] = []
  let message: Record<string, unknown> | null = null
  for (const component of inOrder(listAt(property(template, 'components')))) {
    if (typeOf(component) === 'carousel') {
      return { ok: false, reason: 'Carousel templates can not be sent through Gupshup by Parley.' }
    }
    for (const parameter of listAt(property(component, 'parameters'))) {
      const attached = attachmentIn(parameter)
      const payload = text(property(parameter, 'payload'))
      if (attached !== null) message = attached
      else if (payload !== null) postbacks.push({ index: indexOf(component), text: payload })
      else params.push(valueIn(parameter))
    }
  }
  return {
    ok: true,
    fields: {
      template: JSON.stringify({ id, params }),
      ...(message === null ? {} : { message: JSON.stringify(message) }),
      ...(postbacks.length === 0 ? {} : { postbackTexts: JSON.stringify(postbacks) }),
    },
  }
}

const order = ['header', 'body', 'button']

function inOrder(components: unknown[]): unknown[] {
  const rank = (component: unknown) => order.indexOf(typeOf(component)) * 100 + indexOf(component)
  return components.toSorted((a, b) => rank(a) - rank(b))
}

/** Position of a button; 0 for other components. */
function indexOf(component: unknown): number {
  return Number(property(component, 'index') ?? 0)
}

function typeOf(component: unknown): string {
  return text(property(component, 'type'))?.toLowerCase() ?? ''
}

/** The file or place of a header; null for a value that stands in the text. */
function attachmentIn(parameter: unknown): Record<string, unknown> | null {
  const type = typeOf(parameter)
  return attachments.has(type) ? { type, [type]: property(parameter, type) } : null
}

function valueIn(parameter: unknown): string {
  const type = typeOf(parameter)
  if (type === 'currency' || type === 'date_time') {
    return text(property(property(parameter, type), 'fallback_value')) ?? ''
  }
  return text(property(parameter, 'text')) ?? text(property(parameter, 'coupon_code')) ?? ''
}
