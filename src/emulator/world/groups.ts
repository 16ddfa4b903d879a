import { randomBytes } from 'node:crypto'
import type { Json } from '../json.ts'

/** A group that a business number is in. */
export interface Group {
  id: string
  phoneNumberId: string
  subject: string
  /** Phones of its people. */
  participants: string[]
  lastInboundMs: number | undefined
  messages: GroupMessage[]
}

export interface GroupMessage {
  wamid: string
  /** The phone that wrote it; null: the business. */
  from: string | null
  /** What came over the wire: `messages[0]`, or the body of the send. */
  message: Json
}

export function newGroup(group: Pick<Group, 'phoneNumberId' | 'subject' | 'participants'>): Group {
  const named = `capi_group:${group.phoneNumberId}:${randomBytes(8).toString('hex')}`
  return { ...group, id: Buffer.from(named).toString('base64url'), lastInboundMs: undefined, messages: [] }
}

export function newGroupWamid(): string {
  return `wamid.${randomBytes(30).toString('base64url')}`
}
