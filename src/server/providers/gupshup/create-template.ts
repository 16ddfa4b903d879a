import type { CreatedTemplate, NewTemplate } from '../channel.ts'
import type { GupshupConnection } from '../connection.ts'
import { unreadable } from '../meta/call-graph.ts'
import type { Pools } from '../meta/pools.ts'
import { property, text } from '../meta/read-error.ts'
import type { ProviderAnswer } from '../provider-error.ts'
import { callGupshup } from './call-gupshup.ts'
import { listAt } from './list-at.ts'
import { templatePath } from './list-templates.ts'

export async function createTemplate(
  pools: Pools,
  connection: GupshupConnection,
  template: NewTemplate,
): Promise<ProviderAnswer<CreatedTemplate>> {
  const detail = unsupportedIn(template)
  if (detail !== null) {
    return { ok: false, error: { code: 'unsupported', title: 'Gupshup can not take this template.', detail } }
  }
  const form = templateForm(template)
  const answer = await callGupshup(pools, connection, { path: templatePath(connection), form })
  if (!answer.ok) return answer
  const created = property(answer.value, 'template')
  const id = text(property(created, 'id'))
  if (id === null) return { ok: false, error: unreadable('The answer does not name the template.') }
  const status = text(property(created, 'status'))?.toUpperCase() ?? 'PENDING'
  const category = text(property(created, 'category'))?.toUpperCase() ?? null
  return { ok: true, value: { external_id: id, status, category } }
}

const formParts = new Set(['HEADER', 'BODY', 'FOOTER', 'BUTTONS'])

/** The part of a template that Gupshup's form has no field for, in a sentence. */
function unsupportedIn({ parameter_format, components }: NewTemplate): string | null {
  if (parameter_format === 'NAMED')
    return 'Its form knows numbered values only: write {{1}} instead of a name.'
  const odd = components
    .map(({ type }) => text(type)?.toUpperCase() ?? '')
    .find((type) => !formParts.has(type))
  return odd === undefined
    ? null
    : `It has no field for ${odd.toLowerCase().replaceAll('_', ' ')}. Create it at Gupshup.`
}

/**
 * Components in Meta's form as Gupshup's form fields. Samples travel inside the whole text, in brackets.
 * https://docs.gupshup.io/reference/post_wa-app-appid-template, read 2026-10-01.
 */
export function templateForm({
  name,
  language,
  category,
  components,
}: Omit<NewTemplate, 'parameter_format'>): Record<string, string> {
  const [header, body, footer, buttons] = ['HEADER', 'BODY', 'FOOTER', 'BUTTONS'].map((type) =>
    components.find((component) => text(component.type)?.toUpperCase() === type),
  )
  const content = text(body?.text) ?? ''
  const format = text(header?.format)?.toUpperCase() ?? 'TEXT'
  const headerText = format === 'TEXT' ? text(header?.text) : null
  const footerText = text(footer?.text)
  const media = text(listAt(property(header?.example, 'header_handle'))[0])
  return {
    elementName: name,
    languageCode: language,
    category,
    templateType: format,
    vertical: name,
    content,
    example: withSamples(content, listAt(listAt(property(body?.example, 'body_text'))[0])),
    enableSample: 'true',
    allowTemplateCategoryChange: 'false',
    ...(headerText === null
      ? {}
      : {
          header: headerText,
          exampleHeader: withSamples(headerText, listAt(property(header?.example, 'header_text'))),
        }),
    ...(footerText === null ? {} : { footer: footerText }),
    ...(media === null ? {} : { exampleMedia: media }),
    ...(buttons === undefined ? {} : { buttons: JSON.stringify(listAt(buttons.buttons)) }),
  }
}

function withSamples(content: string, samples: unknown[]): string {
  return content.replace(/\{\{\s*(\d+)\s*\}\}/g, (whole, number: string) => {
    const sample = samples[Number(number) - 1]
    return typeof sample === 'string' ? `[${sample}]` : whole
  })
}
