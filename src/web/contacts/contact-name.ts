import type { ContactSummary } from '../../contract/index.ts'
import { formatPhone } from '../platform/format/phone.ts'

/** The name as people read it: a contact without one goes by the phone, and that is formatted. */
export function contactName({ name, phone }: Pick<ContactSummary, 'name' | 'phone'>): string {
  return name === phone || name === `+${phone}` ? formatPhone(phone ?? name) : name
}
