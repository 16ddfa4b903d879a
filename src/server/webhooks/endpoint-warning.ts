import { typesOfNoNumber, type WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { typesWithoutForm } from './formats/event-forms.ts'
import { type EndpointRow, selectOvertaken } from './queries-endpoints.ts'

/** What the owner should know about the endpoint just saved; nothing when all is as it seems. */
export async function warningOf(
  db: Db,
  workspaceId: WorkspaceId,
  endpoint: EndpointRow,
): Promise<{ warning?: string }> {
  const sentences = [
    ...overtaking(await selectOvertaken(db, workspaceId, endpoint.id)),
    ...formless(endpoint),
    ...numberless(endpoint),
  ]
  return sentences.length === 0 ? {} : { warning: sentences.join(' ') }
}

function overtaking(names: readonly string[]): string[] {
  if (names.length === 0) return []
  return [
    `In format gupshup a connector has one address for delivery events: this one, saved last. ${names.join(', ')} no longer receives them.`,
  ]
}

function formless({ format, events }: EndpointRow): string[] {
  const types = typesWithoutForm(format, events)
  if (types.length === 0) return []
  return [`The format ${format} has no form for ${types.join(', ')}: they are not sent to this endpoint.`]
}

function numberless({ number_id, events }: EndpointRow): string[] {
  const types = number_id === null ? [] : events.filter((type) => typesOfNoNumber.has(type))
  if (types.length === 0) return []
  const [concern, them] = types.length === 1 ? ['concerns', 'it'] : ['concern', 'them']
  return [`${types.join(', ')} ${concern} a whole account: an endpoint for one number does not hear ${them}.`]
}
