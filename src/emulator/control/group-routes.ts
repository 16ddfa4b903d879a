import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { customerMessageSchema } from '../customers/customer-message.ts'
import type { Emulator } from '../emulator.ts'
import { tellGroup } from '../groups/tell-group.ts'
import { writeInGroup } from '../groups/write-in-group.ts'
import { type Group, newGroup } from '../world/groups.ts'
import { ControlFault, found, parsed } from './parsed.ts'

const phone = z.string().regex(/^[1-9]\d{6,14}$/)
const groupSchema = z.strictObject({
  phone_number_id: z.string(),
  subject: z.string().min(1).max(128),
  participants: z.array(phone).min(1).max(100),
})

interface ById {
  Params: { id: string }
}

/** Groups that a business number is in, and their people writing. */
export function registerGroupRoutes(http: FastifyInstance, emulator: Emulator): void {
  const { world } = emulator

  http.post('/_control/groups', async (request, reply) => {
    const wanted = parsed(groupSchema, request.body)
    const number = found(world.numbers.get(wanted.phone_number_id), 'number')
    const { subject, participants } = wanted
    const group = newGroup({ phoneNumberId: number.id, subject, participants })
    world.groups.set(group.id, group)
    const made = { type: 'group_create', subject }
    tellGroup(emulator, number, group, { field: 'group_lifecycle_update', news: made })
    const came = {
      ...{ type: 'group_participants_add', reason: 'invite_link' },
      added_participants: participants.map((wa_id) => ({ wa_id })),
    }
    tellGroup(emulator, number, group, { field: 'group_participants_update', news: came })
    return reply.code(201).send(presentGroup(group))
  })

  http.get<ById>('/_control/groups/:id', async (request) =>
    presentGroup(found(world.groups.get(request.params.id), 'group')),
  )

  http.post<ById & { Params: { phone: string } }>(
    '/_control/groups/:id/participants/:phone/messages',
    async (request, reply) => {
      const group = found(world.groups.get(request.params.id), 'group')
      const number = found(world.numbers.get(group.phoneNumberId), 'number')
      const { phone } = request.params
      if (!group.participants.includes(phone))
        throw new ControlFault(422, 'Nobody in the group has this phone.')
      const customer = world.customers.meet(phone, number.portfolioId)
      const body: unknown = request.body
      const sent = parsed(customerMessageSchema, { to: number.id, ...(typeof body === 'object' ? body : {}) })
      if (sent.name !== undefined) customer.name = sent.name
      return reply.code(201).send({ id: writeInGroup(emulator, { number, group, customer }, sent) })
    },
  )
}

function presentGroup({
  id,
  phoneNumberId,
  subject,
  participants,
  messages,
}: Group): Record<string, unknown> {
  return { id, phone_number_id: phoneNumberId, subject, participants, messages }
}
