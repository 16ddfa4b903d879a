import type { MetaConnection } from '../connection.ts'
import type { ProviderAnswer } from '../provider-error.ts'
import { callGraph, step, unreadable } from './call-graph.ts'
import type { TemplateReading } from './meta-client.ts'
import type { Pools } from './pools.ts'
import { property, text } from './read-error.ts'
import { nextPageOf, rowsIn } from './read-list.ts'

const fields = 'id,name,language,status,category,components,quality_score,rejected_reason,parameter_format'
// An account has at most 6,000 templates in several languages each; beyond this the paging goes in a circle.
const pagesMax = 1000

export async function* listTemplates(
  pools: Pools,
  connection: MetaConnection,
): AsyncGenerator<ProviderAnswer<TemplateReading[]>> {
  const { waba_id } = connection
  if (waba_id === null) {
    yield { ok: false, error: unreadable('The WhatsApp account of the connection is not known.') }
    return
  }
  let after: string | null = null
  for (let page = 0; page < pagesMax; page++) {
    const query: Record<string, string> = { fields, limit: '100' }
    if (after !== null) query.after = after
    const path = `${step(waba_id)}/message_templates`
    const answer = await callGraph(pools, connection, { path, query })
    if (!answer.ok) {
      yield answer
      return
    }
    yield { ok: true, value: rowsIn(answer.value).flatMap(templateIn) }
    after = nextPageOf(answer.value)
    if (after === null) return
  }
  yield { ok: false, error: unreadable('The list of templates does not end.') }
}

function templateIn(row: unknown): TemplateReading[] {
  const id = text(property(row, 'id'))
  const name = text(property(row, 'name'))
  const language = text(property(row, 'language'))
  if (id === null || name === null || language === null) return []
  const reason = text(property(row, 'rejected_reason'))
  const components = property(row, 'components')
  return [
    {
      external_id: id,
      name,
      language: language.replace('-', '_'),
      category: text(property(row, 'category'))?.toUpperCase() ?? '',
      status: text(property(row, 'status'))?.toUpperCase() ?? '',
      rejected_reason: reason === 'NONE' ? null : reason,
      quality: text(property(property(row, 'quality_score'), 'score')),
      parameter_format: isNamed(property(row, 'parameter_format')) ? 'NAMED' : 'POSITIONAL',
      components: Array.isArray(components) ? components.filter(isObject) : [],
    },
  ]
}

function isNamed(format: unknown): boolean {
  return text(format)?.toUpperCase() === 'NAMED'
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
