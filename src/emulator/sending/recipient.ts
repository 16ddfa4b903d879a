import { type Fault, fault } from '../faults/faults.ts'
import { type Json, textIn } from '../json.ts'
import type { BusinessNumber } from '../world/accounts.ts'
import type { World } from '../world/world.ts'

export interface Recipient {
  /** As written in the request. */
  input: string
  /** WhatsApp's own form of the number, digits. */
  phone: string
  isUserId: boolean
}

const DECORATION = /[\s()+\-.]/g
const DIGITS = /^\d{7,15}$/

/** Reads `to`, or the business-scoped id in `recipient` where there is no phone. */
export function recipientOf(world: World, number: BusinessNumber, body: Json): Recipient | Fault {
  const to = textIn(body, 'to')
  if (to === undefined || to === '') return byUserId(world, body)
  const digits = DIGITS.test(to) ? to : to.replace(DECORATION, '')
  if (!DIGITS.test(digits)) return fault(131009, 'Invalid parameter value: to is not a valid phone number.')
  const phone = world.settings.normalize_wa_ids ? whatsappForm(digits) : digits
  if (phone === number.phone) return fault(131021)
  return { input: to, phone, isUserId: false }
}

function byUserId(world: World, body: Json): Recipient | Fault {
  const userId = textIn(body, 'recipient')
  if (userId === undefined) return fault(131008, 'Required parameter is missing: to.')
  const phone = world.customers.phoneOfUserId(userId)
  if (phone === undefined) return fault(131009, 'Invalid parameter value: recipient is not a known user.')
  return { input: userId, phone, isUserId: true }
}

/**
 * Mexican mobiles gain the 1 after 52, Brazilian mobiles outside the south-east lose the ninth digit: the
 * answer's `wa_id` differs from what was asked for, and statuses carry the `wa_id`.
 */
function whatsappForm(digits: string): string {
  if (digits.length === 12 && digits.startsWith('52')) return `521${digits.slice(2)}`
  if (
    digits.length === 13 &&
    digits.startsWith('55') &&
    digits[4] === '9' &&
    Number(digits.slice(2, 4)) > 30
  ) {
    return digits.slice(0, 4) + digits.slice(5)
  }
  return digits
}
