import { expect } from 'vitest'
import { eventually } from '../../../rig/api.ts'
import { approvedTemplate, type Shop } from '../../../rig/shop.ts'
import { shop } from './world.ts'

export interface Template {
  id: string
  external_id: string
  name: string
  language: string
}

/** Sends an approved template and waits until the provider has taken it on. */
export async function sendTemplate(
  { connector, numberId }: Shop,
  to: string,
): Promise<{ external_message_id: string; template: Template }> {
  const summary = await approvedTemplate(shop.api, 'UTILITY', connector.id)
  const template = (await shop.api.get<Template>(`/api/v1/templates/${summary.id}`)).body
  const { name, language } = template
  const components = componentsOf(summary.variables)
  const queued = await shop.api.send<{ id: string }>(
    'POST',
    '/api/v1/messages',
    {
      number_id: numberId,
      to,
      type: 'template',
      template: { name, language: { code: language }, components },
    },
    { 'idempotency-key': `to-${to}` },
  )
  expect(queued.status, JSON.stringify(queued.body)).toBe(202)
  return eventually(async () => {
    const { body } = await shop.api.get<{ external_message_id: string | null; error: unknown }>(
      `/api/v1/messages/${queued.body.id}`,
    )
    if (body.external_message_id === null) throw new Error(`Not sent yet: ${JSON.stringify(body)}`)
    return { external_message_id: body.external_message_id, template }
  })
}

type Variable = { key: string; place: string; kind: string }

function componentsOf(variables: readonly Variable[]): object[] {
  const parametersIn = (place: string) =>
    variables
      .filter((one) => one.place === place)
      .map(({ key, kind }) =>
        kind === 'text'
          ? { type: kind, text: key, ...named(key) }
          : { type: kind, [kind]: { link: 'https://cdn.example/a.jpg' } },
      )
  return ['header', 'body', 'button'].flatMap((place) => {
    const parameters = parametersIn(place)
    if (parameters.length === 0) return []
    return [{ type: place, parameters, ...(place === 'button' ? { sub_type: 'url', index: 0 } : {}) }]
  })
}

/** Which of the account's templates is there first is chance: some name their variables, some count them; headers have a prefix. */
function named(key: string): { parameter_name?: string } {
  const name = key.split('.').at(-1) ?? ''
  return /^\d+$/.test(name) ? {} : { parameter_name: name }
}
