import type { FastifyInstance } from 'fastify'
import { verifyCallback } from '../callbacks/verify-callback.ts'
import type { Emulator } from '../emulator.ts'
import { fault } from '../faults/faults.ts'
import { objectIn, objectsIn, textIn } from '../json.ts'
import type { BusinessNumber } from '../world/accounts.ts'
import { type GraphAnswer, type GraphCall, graphRoute, numberOf, textOf } from './graph-route.ts'

/** The edges of a business phone number, but for its messages and media. */
export function registerNumberRoutes(http: FastifyInstance, emulator: Emulator): void {
  graphRoute(http, emulator, 'POST', '/:id/register', registerNumber)
  graphRoute(http, emulator, 'POST', '/:id/deregister', deregisterNumber)
  graphRoute(http, emulator, 'POST', '/:id/block_users', (call) => setBlocked(call, true))
  graphRoute(http, emulator, 'DELETE', '/:id/block_users', (call) => setBlocked(call, false))
  graphRoute(http, emulator, 'GET', '/:id/whatsapp_business_profile', showProfile)
}

/** `POST /{phone_number_id}`: the two-step PIN, or a callback of this number's own. */
export async function changeNumber(call: GraphCall, number: BusinessNumber): Promise<GraphAnswer> {
  const pin = textOf(call.params.pin)
  if (pin !== undefined) {
    if (!/^\d{6}$/.test(pin))
      return { fault: fault(131009, 'Parameter value is not valid: pin must have six digits.') }
    number.pin = pin
  }
  const configuration = objectIn(call.params, 'webhook_configuration')
  if (configuration === undefined) return { success: true }
  const callbackUrl = textIn(configuration, 'override_callback_uri') ?? ''
  if (callbackUrl === '') {
    number.callbackOverride = undefined
    return { success: true }
  }
  const address = { callbackUrl, verifyToken: textIn(configuration, 'verify_token') ?? '' }
  const refused = await verifyCallback(address)
  if (refused !== undefined) return { fault: refused }
  number.callbackOverride = address
  return { success: true }
}

function registerNumber(call: GraphCall): GraphAnswer {
  const number = numberOf(call)
  if ('code' in number) return { fault: number }
  const pin = textOf(call.params.pin)
  if (pin === undefined) return { fault: fault(131008, 'Required parameter is missing: pin.') }
  if (!/^\d{6}$/.test(pin))
    return { fault: fault(131009, 'Parameter value is not valid: pin must have six digits.') }
  if (number.pin !== undefined && number.pin !== pin) return { fault: fault(133005) }
  number.pin = pin
  number.isRegistered = true
  number.status = 'CONNECTED'
  return { success: true }
}

function deregisterNumber(call: GraphCall): GraphAnswer {
  const number = numberOf(call)
  if ('code' in number) return { fault: number }
  number.isRegistered = false
  number.status = 'DISCONNECTED'
  return { success: true }
}

function setBlocked(call: GraphCall, isBlocked: boolean): GraphAnswer {
  const number = numberOf(call)
  if ('code' in number) return { fault: number }
  const users = objectsIn(call.params, 'block_users').map((user) => textIn(user, 'user') ?? '')
  const changed = users.map((input) => {
    const phone = input.replace(/\D/g, '')
    if (isBlocked) number.blockedPhones.add(phone)
    else number.blockedPhones.delete(phone)
    return { input, wa_id: phone }
  })
  const key = isBlocked ? 'added_users' : 'removed_users'
  return { messaging_product: 'whatsapp', block_users: { [key]: changed } }
}

function showProfile(call: GraphCall): GraphAnswer {
  const number = numberOf(call)
  if ('code' in number) return { fault: number }
  return {
    data: [
      { messaging_product: 'whatsapp', about: `${number.verifiedName} on WhatsApp`, vertical: 'RETAIL' },
    ],
  }
}
