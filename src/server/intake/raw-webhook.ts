import type { ConnectorId, InboundLog, InboundLogId, WorkspaceId } from '../../contract/index.ts'

/** A webhook as it came, on its way into the table. */
export interface RawWebhook {
  id: InboundLogId
  workspaceId: WorkspaceId | null
  connectorId: ConnectorId | null
  source: InboundLog['source']
  partition: number
  body: Buffer
  /** As JSON; see `keptHeaders`. */
  headers: string
}

export const partitionCount = 16

const numberKey = Buffer.from('"phone_number_id"')
const idLengthMax = 40

/**
 * Webhooks of one number share a partition, so that one worker has them together and can write them in few statements.
 * Found by looking at the bytes: parsing comes later, and any partition is right. Others go by their connector.
 */
export function partitionOf(body: Buffer, connectorId: string | null): number {
  const found = body.indexOf(numberKey)
  const start = found + numberKey.length
  const number = found === -1 ? '' : body.toString('latin1', start, start + idLengthMax)
  return hash(/^\s*:\s*"([^"]{1,30})"/.exec(number)?.[1] ?? connectorId ?? '') % partitionCount
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0
  }
  return value
}

const keptNames = ['content-type', 'user-agent', 'x-hub-signature-256'] as const
const headerLengthMax = 300

/** What helps to find a fault; the rest of a request's headers is nobody's business. */
export function keptHeaders(headers: Record<string, string | string[] | undefined>): string {
  const kept: Record<string, string> = {}
  for (const name of keptNames) {
    const value = headers[name]
    if (typeof value === 'string') kept[name] = value.slice(0, headerLengthMax)
  }
  return JSON.stringify(kept)
}
