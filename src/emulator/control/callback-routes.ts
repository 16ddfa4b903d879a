import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { encodeCallback } from '../callbacks/encode-callback.ts'
import type { Emulator } from '../emulator.ts'
import { objectsIn, textIn } from '../json.ts'
import { OUTCOMES } from '../sending/outcomes.ts'
import { sentMessageOf, tellStatus } from '../sending/tell-status.ts'
import { ControlFault, found, parsed } from './parsed.ts'

const rawSchema = z.strictObject({
  waba_id: z.string(),
  phone_number_id: z.string().optional(),
  /** Decides who hears it; taken from the body's first change when absent. */
  field: z.string().optional(),
  /** A whole body, or its exact text. */
  body: z.union([z.string(), z.record(z.string(), z.unknown())]),
})

const statusSchema = z.strictObject({
  status: z.enum(['sent', 'delivered', 'read', 'played', 'failed']),
  error_code: z.int().optional(),
})

/** Callbacks by hand, and how those on their way are doing. */
export function registerCallbackRoutes(http: FastifyInstance, emulator: Emulator): void {
  const { world } = emulator

  http.get('/_control/callbacks', async () => ({ data: emulator.callbacks.report() }))

  http.post('/_control/webhooks', async (request, reply) => {
    const wanted = parsed(rawSchema, request.body)
    const bytes =
      typeof wanted.body === 'string' ? Buffer.from(wanted.body, 'utf8') : encodeCallback(wanted.body)
    const field = wanted.field ?? fieldOf(wanted.body)
    const { waba_id: wabaId, phone_number_id: phoneNumberId } = wanted
    const targets = emulator.callbacks.tellRaw({
      wabaId,
      field,
      phoneNumberId,
      base64: bytes.toString('base64'),
    })
    if (targets === 0) throw new ControlFault(409, 'No app is subscribed to this field of this account.')
    return reply.code(202).send({ targets })
  })

  http.post<{ Params: { wamid: string } }>('/_control/messages/:wamid/statuses', async (request, reply) => {
    const wanted = parsed(statusSchema, request.body)
    const entry = found(world.ledger.entryOf(request.params.wamid), 'message')
    const number = found(world.numbers.get(entry.phoneNumberId), 'number')
    const { status, error_code: errorCode } = wanted
    emulator.journal?.note(['state', entry.sequence, status, errorCode ?? null])
    tellStatus(emulator, sentMessageOf(entry, number), { state: status, errorCode })
    return reply.code(202).send({ success: true })
  })

  http.get('/_control/outcomes', async () => ({
    data: OUTCOMES.map(({ suffix, promise }) => ({ suffix, promise })),
  }))
}

function fieldOf(body: z.infer<typeof rawSchema>['body']): string {
  const entry = typeof body === 'string' ? undefined : objectsIn(body, 'entry')[0]
  return textIn(objectsIn(entry, 'changes')[0], 'field') ?? 'messages'
}
