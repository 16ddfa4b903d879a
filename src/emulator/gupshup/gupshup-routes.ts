import type { FastifyInstance } from 'fastify'
import type { Emulator } from '../emulator.ts'
import { appFor } from './authorize-app.ts'
import { registerMessageRoutes } from './message-routes.ts'
import { registerTemplateRoutes } from './template-routes.ts'

interface ByApp {
  Params: { id: string; media: string }
}

/** Gupshup's two hosts, told apart by their paths: `/wa/…` of api.gupshup.io, `/partner/…` of partner.gupshup.io. */
export function registerGupshupRoutes(http: FastifyInstance, emulator: Emulator): void {
  http.setErrorHandler((error, _request, reply) => {
    const message = error instanceof Error ? error.message : 'Internal Server Error'
    return reply.code(500).send({ status: 'error', message })
  })
  registerMessageRoutes(http, emulator)
  registerTemplateRoutes(http, emulator)
  registerPartnerReading(http, emulator)
  // Files of inbound messages: whoever has the address may fetch them.
  http.get<ByApp>('/wa/:id/wa/media/:media', async ({ params }, reply) => {
    const file = emulator.world.media.find(params.media, Date.now())
    if (file === undefined) return reply.code(404).send({ status: 'error', message: 'Not Found' })
    return reply.type(file.mimeType).send(file.bytes)
  })
}

/** Quality, limit and wallet, which only partners may ask for. */
function registerPartnerReading(http: FastifyInstance, emulator: Emulator): void {
  http.get<ByApp>('/partner/app/:id/ratings', (request, reply) => {
    const app = appFor(emulator.world, request.params.id, request.headers, true)
    if ('message' in app) return reply.code(app.status).send({ status: 'error', message: app.message })
    const { qualityRating, portfolioId } = app.number
    const messagingLimits = emulator.world.portfolios.get(portfolioId)?.messagingLimit
    return reply.send({ status: 'success', health: { qualityRating, messagingLimits } })
  })
  http.get<ByApp>('/partner/app/:id/wallet/balance', (request, reply) => {
    const app = appFor(emulator.world, request.params.id, request.headers, true)
    if ('message' in app) return reply.code(app.status).send({ status: 'error', message: app.message })
    const walletResponse = { currency: 'USD', currentBalance: app.balance, overDraftLimit: 0 }
    return reply.send({ status: 'success', walletResponse })
  })
}
