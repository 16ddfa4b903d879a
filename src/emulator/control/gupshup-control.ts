import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Emulator } from '../emulator.ts'
import { envelope } from '../gupshup/word-update.ts'
import { createGupshupApp, type GupshupApp } from '../world/gupshup-apps.ts'
import { messagingLimitSchema } from './account-routes.ts'
import { found, parsed } from './parsed.ts'

const callbackSchema = z.strictObject({
  callback_url: z.url().optional(),
  /** 2: Gupshup's own words; 3: Meta's, passed through. */
  version: z.union([z.literal(2), z.literal(3)]).optional(),
  /** The console's delivery events beside them, and how they are posted. */
  delivery_events: z.enum(['off', 'object', 'array', 'form']).optional(),
})

const appSchema = callbackSchema.extend({
  name: z.string().min(1).optional(),
  phone: z
    .string()
    .regex(/^\d{7,15}$/)
    .optional(),
  throughput: z.int().min(1).max(100_000).nullable().default(20),
  messaging_limit: messagingLimitSchema.default('TIER_100K'),
  template_count: z.int().min(0).max(6000).optional(),
})

interface ById {
  Params: { id: string }
}

/** Apps of the pretend Gupshup. Their customers, templates and statuses are turned like Meta's. */
export function registerGupshupControl(http: FastifyInstance, emulator: Emulator): void {
  const { gupshupApps } = emulator.world
  const appOf = (id: string) =>
    found(
      [...gupshupApps.values()].find((app) => app.id === id),
      'app',
    )

  http.post('/_control/gupshup/apps', async (request, reply) => {
    const wanted = parsed(appSchema, request.body)
    const app = createGupshupApp(emulator.world, {
      name: wanted.name,
      phone: wanted.phone,
      throughputPerSecond: wanted.throughput,
      messagingLimit: wanted.messaging_limit,
      templateCount: wanted.template_count,
      callback: {
        url: wanted.callback_url,
        version: wanted.version ?? 2,
        deliveryEvents: wanted.delivery_events ?? 'off',
      },
    })
    emulator.live.publish({ type: 'account' })
    return reply.code(201).send(presentApp(emulator, found(app, 'app')))
  })

  http.get('/_control/gupshup/apps', async () => ({
    data: [...gupshupApps.values()].map((app) => presentApp(emulator, app)),
  }))

  http.get<ById>('/_control/gupshup/apps/:id', async ({ params }) => presentApp(emulator, appOf(params.id)))

  http.patch<ById>('/_control/gupshup/apps/:id', async ({ params, body }) => {
    const app = appOf(params.id)
    const { callback_url, version, delivery_events } = parsed(callbackSchema, body)
    if (version !== undefined) app.callback.version = version
    if (delivery_events !== undefined) app.callback.deliveryEvents = delivery_events
    if (callback_url !== undefined) {
      app.callback.url = callback_url
      tryCallback(emulator, app)
    }
    return presentApp(emulator, app)
  })

  /** Any body to the app's callback, as it is. */
  http.post<ById>('/_control/gupshup/apps/:id/events', async ({ params, body }) => {
    emulator.callbacks.gupshup.tellEvent(appOf(params.id), parsed(z.looseObject({}), body))
    return { success: true }
  })
}

/** What Gupshup sends when a callback URL is saved. */
function tryCallback(emulator: Emulator, app: GupshupApp): void {
  const { gupshup } = emulator.callbacks
  gupshup.tellEvent(app, envelope(app, 'user-event', { phone: 'callbackSetPhone', type: 'sandbox-start' }))
  const check = { type: 'connectivity-check', initiator: 'gupshup' }
  gupshup.tellEvent(app, envelope(app, 'platform-event', check))
}

function presentApp(emulator: Emulator, app: GupshupApp): Record<string, unknown> {
  const { url, version, deliveryEvents } = app.callback
  return {
    gupshup_url: emulator.url(),
    app_id: app.id,
    app_name: app.name,
    api_key: app.apiKey,
    partner_token: app.partnerToken,
    source: app.number.phone,
    phone_number_id: app.number.id,
    waba_id: app.wabaId,
    callback_url: url ?? null,
    version,
    delivery_events: deliveryEvents,
    callbacks: emulator.callbacks.gupshup.reportOf(app),
  }
}
