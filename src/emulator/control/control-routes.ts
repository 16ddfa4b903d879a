import type { FastifyInstance } from 'fastify'
import type { Emulator } from '../emulator.ts'
import { DEFAULT_SETTINGS } from '../world/settings.ts'
import { registerAccountRoutes } from './account-routes.ts'
import { registerCallbackRoutes } from './callback-routes.ts'
import { registerCustomerRoutes } from './customer-routes.ts'
import { registerGroupRoutes } from './group-routes.ts'
import { registerGupshupControl } from './gupshup-control.ts'
import { registerLedgerRoutes } from './ledger-routes.ts'
import { registerLiveRoutes } from './live-routes.ts'
import { found, sendControlFault } from './parsed.ts'
import { registerStandstillRoutes } from './standstills.ts'
import { registerStateRoutes } from './state-routes.ts'

/** Everything under `/_control`: the hands of the tester. */
export function registerControlRoutes(http: FastifyInstance, emulator: Emulator): void {
  http.setErrorHandler((error, _request, reply) => sendControlFault(reply, error))
  registerAccountRoutes(http, emulator)
  registerStateRoutes(http, emulator)
  registerCustomerRoutes(http, emulator)
  registerGroupRoutes(http, emulator)
  registerCallbackRoutes(http, emulator)
  registerGupshupControl(http, emulator)
  registerLedgerRoutes(http, emulator)
  registerLiveRoutes(http, emulator)
  registerStandstillRoutes(http)

  http.get<{ Params: { id: string } }>('/_control/media/:id', async (request, reply) => {
    const media = found(emulator.world.media.find(request.params.id, Date.now()), 'file')
    return reply.type(media.mimeType).send(media.bytes)
  })

  http.post('/_control/reset', async () => {
    await reset(emulator)
    return { success: true }
  })
}

/** Forgets accounts, customers, ledger and switches, and drops every callback on its way. */
async function reset(emulator: Emulator): Promise<void> {
  const { world, timetable, callbacks, live, journal } = emulator
  timetable.clear()
  await callbacks.close()
  for (const shelf of [world.apps, world.grants, world.portfolios, world.wabas, world.numbers]) shelf.clear()
  world.gupshupApps.clear()
  world.templates.clear()
  world.customers.forgetAll()
  world.groups.clear()
  world.media.clear()
  world.ledger.clear()
  world.refusals.clear()
  Object.assign(world.settings, DEFAULT_SETTINGS)
  journal?.note(['reset'])
  live.publish({ type: 'account' })
}
