import type { CreatedTemplate, NewTemplate } from '../channel.ts'
import type { MetaConnection } from '../connection.ts'
import type { ProviderAnswer } from '../provider-error.ts'
import { callGraph, step, unreadable } from './call-graph.ts'
import type { Pools } from './pools.ts'
import { property, text } from './read-error.ts'

/** Submits a template for review. Meta may approve or reject it at once, and under another category than was asked for. */
export async function createTemplate(
  pools: Pools,
  connection: MetaConnection,
  template: NewTemplate,
): Promise<ProviderAnswer<CreatedTemplate>> {
  const { waba_id } = connection
  if (waba_id === null) {
    return { ok: false, error: unreadable('The WhatsApp account of the connection is not known.') }
  }
  const body = { ...template, parameter_format: template.parameter_format.toLowerCase() }
  const path = `${step(waba_id)}/message_templates`
  const answer = await callGraph(pools, connection, { method: 'POST', path, body })
  if (!answer.ok) return answer
  const id = text(property(answer.value, 'id'))
  if (id === null) return { ok: false, error: unreadable('The answer does not name the template.') }
  return {
    ok: true,
    value: {
      external_id: id,
      status: text(property(answer.value, 'status'))?.toUpperCase() ?? 'PENDING',
      category: text(property(answer.value, 'category'))?.toUpperCase() ?? null,
    },
  }
}
