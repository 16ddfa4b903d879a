import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Emulator } from '../emulator.ts'
import { type Fault, faultBody, httpStatusOf, missingObject } from '../faults/faults.ts'
import { isJson, type Json } from '../json.ts'
import type { App, BusinessNumber, Grant, Waba } from '../world/accounts.ts'
import { assetFault, authorize } from './authorize.ts'

/** What a Graph call brings: who asks, for which object, with parameters from query and body alike. */
export interface GraphCall {
  emulator: Emulator
  grant: Grant
  objectId: string
  params: Json
  request: FastifyRequest
  reply: FastifyReply
}

/** An answer, or the fault that stands in its place. */
export type GraphAnswer = { fault: Fault } | Json

type Handler = (call: GraphCall) => Promise<GraphAnswer> | GraphAnswer

/** Routes live below any version: `/v19.0/…` and `/v99.9/…` alike. */
const VERSION_PREFIX = '/:version(^v\\d+\\.\\d+$)'

export function graphRoute(
  http: FastifyInstance,
  emulator: Emulator,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  handle: Handler,
): void {
  http.route({
    method,
    url: VERSION_PREFIX + path,
    handler: async (request, reply) => {
      const params = { ...asJson(request.query), ...asJson(request.body) }
      const { grant, fault } = authorize(emulator.world, {
        authorization: request.headers.authorization,
        accessToken: textOf(params.access_token),
        proof: textOf(params.appsecret_proof),
      })
      if (fault !== undefined) return sendFault(reply, fault)
      const objectId = textOf(asJson(request.params).id) ?? ''
      const answer = await handle({ emulator, grant, objectId, params, request, reply })
      if (isFault(answer)) return sendFault(reply, answer.fault)
      return reply.send(answer)
    },
  })
}

export function sendFault(reply: FastifyReply, fault: Fault): FastifyReply {
  const status = httpStatusOf(fault)
  return reply.code(status).send(faultBody(fault))
}

/** The number, account or app with the id asked for, if this token may see it. */
export function numberOf(call: GraphCall): BusinessNumber | Fault {
  const number = call.emulator.world.numbers.get(call.objectId)
  if (number === undefined) return missingObject(call.objectId, call.request.method)
  return assetFault(call.grant, number.wabaId) ?? number
}

export function wabaOf(call: GraphCall): Waba | Fault {
  const waba = call.emulator.world.wabas.get(call.objectId)
  if (waba === undefined) return missingObject(call.objectId, call.request.method)
  return assetFault(call.grant, waba.id) ?? waba
}

export function appOf(call: GraphCall): App | Fault {
  const app = call.emulator.world.apps.get(call.objectId)
  if (app === undefined || app.id !== call.grant.appId)
    return missingObject(call.objectId, call.request.method)
  return app
}

export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value : undefined
}

function asJson(value: unknown): Json {
  return isJson(value) ? { ...value } : {}
}

function isFault(answer: GraphAnswer): answer is { fault: Fault } {
  const { fault } = answer
  return isJson(fault) && typeof fault.code === 'number'
}
