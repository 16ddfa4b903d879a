import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { customerMessageSchema } from '../customers/customer-message.ts'
import { type RecentChat, recentChats } from '../customers/recent-chats.ts'
import { preferMarketing, sendAsCustomer } from '../customers/send-as-customer.ts'
import { threadOf } from '../customers/thread.ts'
import type { Emulator } from '../emulator.ts'
import type { BusinessNumber } from '../world/accounts.ts'
import { type Customer, hasOpenWindow } from '../world/customers.ts'
import { userIdOf } from '../world/identifiers.ts'
import { ControlFault, found, parsed } from './parsed.ts'

const customerPatch = z.strictObject({
  phone_number_id: z.string().optional(),
  name: z.string().min(1).optional(),
  username: z.string().nullable().optional(),
  hides_phone: z.boolean().optional(),
  /** Blocks the business: nothing is delivered any more. */
  blocks: z.boolean().optional(),
  marketing: z.enum(['stop', 'resume']).optional(),
})

interface ByPhone {
  Params: { phone: string }
  Querystring: { phone_number_id?: string }
}

/** Acting as the person with the phone. */
export function registerCustomerRoutes(http: FastifyInstance, emulator: Emulator): void {
  const { world } = emulator

  http.post<ByPhone>('/_control/customers/:phone/messages', async (request, reply) => {
    const sent = parsed(customerMessageSchema, request.body)
    const number = numberFor(emulator, sent.to)
    const customer = world.customers.meet(phoneIn(request.params.phone), number.portfolioId)
    if (sent.name !== undefined) customer.name = sent.name
    const wamid = sendAsCustomer(emulator, number, customer, sent)
    return reply.code(201).send({ id: wamid, user_id: userIdOf(number.portfolioId, customer.phone) })
  })

  http.patch<ByPhone>('/_control/customers/:phone', async (request) => {
    const patch = parsed(customerPatch, request.body)
    const number = numberFor(emulator, patch.phone_number_id)
    const customer = world.customers.meet(phoneIn(request.params.phone), number.portfolioId)
    changeCustomer(emulator, number, customer, patch)
    return presentCustomer(customer, number)
  })

  http.get<ByPhone>('/_control/customers/:phone', async (request) => {
    const number = numberFor(emulator, request.query.phone_number_id)
    return presentCustomer(found(world.customers.find(phoneIn(request.params.phone)), 'customer'), number)
  })

  http.get<ByPhone>('/_control/customers/:phone/thread', async (request) => {
    const number = numberFor(emulator, request.query.phone_number_id)
    const phone = phoneIn(request.params.phone)
    const customer = world.customers.find(phone)
    return {
      customer: customer === undefined ? null : presentCustomer(customer, number),
      data: threadOf(emulator, number, phone),
    }
  })

  http.get<{ Querystring: ByPhone['Querystring'] }>('/_control/customers', async (request) => {
    const chats = recentChats(emulator, numberFor(emulator, request.query.phone_number_id))
    return { data: chats.map(presentChat) }
  })
}

function presentChat({ phone, name, lastMs }: RecentChat): Record<string, unknown> {
  return { phone, name, last_at: new Date(lastMs).toISOString() }
}

function changeCustomer(
  emulator: Emulator,
  number: BusinessNumber,
  customer: Customer,
  patch: z.infer<typeof customerPatch>,
): void {
  if (patch.name !== undefined) customer.name = patch.name
  if (patch.username !== undefined) customer.username = patch.username ?? undefined
  if (patch.hides_phone !== undefined) customer.hidesPhone = patch.hides_phone
  if (patch.blocks === true) customer.blockedNumberIds.add(number.id)
  if (patch.blocks === false) customer.blockedNumberIds.delete(number.id)
  if (patch.marketing !== undefined) preferMarketing(emulator, number, customer, patch.marketing)
}

/** The number named, or the only one there is. */
function numberFor(emulator: Emulator, phoneNumberId: string | undefined): BusinessNumber {
  const { numbers } = emulator.world
  if (phoneNumberId !== undefined) return found(numbers.get(phoneNumberId), 'number')
  const [only, second] = numbers.values()
  if (only === undefined || second !== undefined) throw new ControlFault(422, 'Name the phone_number_id.')
  return only
}

function phoneIn(text: string): string {
  const phone = text.replace(/\D/g, '')
  if (phone.length < 7 || phone.length > 15) throw new ControlFault(422, 'A phone has 7 to 15 digits.')
  return phone
}

function presentCustomer(customer: Customer, number: BusinessNumber): Record<string, unknown> {
  return {
    phone: customer.phone,
    name: customer.name,
    user_id: userIdOf(number.portfolioId, customer.phone),
    username: customer.username ?? null,
    hides_phone: customer.hidesPhone,
    blocks: customer.blockedNumberIds.has(number.id),
    marketing: customer.stoppedNumberIds.has(number.id) ? 'stop' : 'resume',
    has_open_window: hasOpenWindow(customer, number.id, Date.now()),
  }
}
