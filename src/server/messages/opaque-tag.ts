import { timingSafeEqual } from 'node:crypto'
import { idPrefixes } from '../../contract/index.ts'
import type { Secrets } from '../platform/index.ts'

/** Which attempt of which message a status speaks of, as our own tag in `biz_opaque_callback_data` says. */
export interface AttemptTag {
  message_id: string
  attempt: number
}

// 11 base64url digits are 66 bits, enough against guessing within the life of a message.
const macLength = 11
const idPrefix = `${idPrefixes.message}_`
const form = /^v1\.([A-Za-z0-9_-]{22})\.([1-9][0-9]{0,5})\.([A-Za-z0-9_-]{11})$/

/**
 * `v1.<message>.<attempt>.<mac>`, the message as the 16 bytes of its id: every app subscribed to the account receives this and could send us its own, so the
 * number is part of the MAC and a tag of another number or attempt doesn't pass.
 */
export function writeOpaqueTag(secrets: Pick<Secrets, 'mac'>, numberId: string, tag: AttemptTag): string {
  const token = Buffer.from(tag.message_id.slice(idPrefix.length), 'hex').toString('base64url')
  return `v1.${token}.${tag.attempt}.${macOf(secrets, numberId, token, tag.attempt)}`
}

/** null for whatever isn't ours: another system's data, an old form, a forged tag. */
export function readOpaqueTag(
  secrets: Pick<Secrets, 'mac'>,
  numberId: string,
  opaque: string | null,
): AttemptTag | null {
  const match = opaque === null ? null : form.exec(opaque)
  const [, token, digits, mac] = match ?? []
  if (token === undefined || digits === undefined || mac === undefined) return null
  const attempt = Number(digits)
  const expected = Buffer.from(macOf(secrets, numberId, token, attempt))
  if (!timingSafeEqual(expected, Buffer.from(mac))) return null
  return { message_id: `${idPrefix}${Buffer.from(token, 'base64url').toString('hex')}`, attempt }
}

function macOf(secrets: Pick<Secrets, 'mac'>, numberId: string, token: string, attempt: number): string {
  return secrets.mac(`attempt|${numberId}|${token}|${attempt}`).slice(0, macLength)
}
