import type { GupshupConnection } from '../connection.ts'
import { step, unreadable } from '../meta/call-graph.ts'
import type { TemplateReading } from '../meta/meta-client.ts'
import type { Pools } from '../meta/pools.ts'
import { property } from '../meta/read-error.ts'
import type { ProviderAnswer } from '../provider-error.ts'
import { callGupshup } from './call-gupshup.ts'
import { readTemplate } from './read-template.ts'

const pageSize = 100
// As many templates as an account may have; beyond this the paging goes in a circle.
const pagesMax = 100

export async function* listTemplates(
  pools: Pools,
  connection: GupshupConnection,
): AsyncGenerator<ProviderAnswer<TemplateReading[]>> {
  const seen = new Set<string>()
  for (let page = 1; page <= pagesMax; page++) {
    const answer = await callTemplates(pools, connection, {
      pageNo: String(page),
      pageSize: String(pageSize),
    })
    if (!answer.ok) {
      yield answer
      return
    }
    const rows = property(answer.value, 'templates')
    if (!Array.isArray(rows)) {
      yield { ok: false, error: unreadable('The answer has no list of templates.') }
      return
    }
    const fresh = rows.flatMap(readTemplate).filter(({ external_id }) => !seen.has(external_id))
    for (const { external_id } of fresh) seen.add(external_id)
    yield { ok: true, value: fresh }
    // Nothing new: an app whose list knows no pages answers with all of it each time.
    if (rows.length < pageSize || fresh.length === 0) return
  }
  yield { ok: false, error: unreadable('The list of templates does not end.') }
}

/** `GET /wa/app/{app id}/template`; the shortest call that needs both app id and API key. */
export function callTemplates(
  pools: Pools,
  connection: GupshupConnection,
  query: Record<string, string>,
): Promise<ProviderAnswer<unknown>> {
  return callGupshup(pools, connection, { path: templatePath(connection), query })
}

export function templatePath({ app_id }: GupshupConnection): string {
  return `/wa/app${step(app_id)}/template`
}
