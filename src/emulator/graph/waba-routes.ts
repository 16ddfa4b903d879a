import type { FastifyInstance } from 'fastify'
import { verifyCallback } from '../callbacks/verify-callback.ts'
import type { Emulator } from '../emulator.ts'
import { fault } from '../faults/faults.ts'
import type { Json } from '../json.ts'
import type { Waba } from '../world/accounts.ts'
import type { World } from '../world/world.ts'
import { describeNumber, NUMBER_DEFAULT_FIELDS } from './describe-number.ts'
import { pickFields } from './fields.ts'
import { type GraphAnswer, type GraphCall, graphRoute, textOf, wabaOf } from './graph-route.ts'
import { pageOf } from './paging.ts'

export const WABA_DEFAULT_FIELDS = ['id', 'name', 'currency', 'timezone_id', 'message_template_namespace']

export function registerWabaRoutes(http: FastifyInstance, emulator: Emulator): void {
  graphRoute(http, emulator, 'GET', '/:id/phone_numbers', listNumbers)
  graphRoute(http, emulator, 'GET', '/:id/subscribed_apps', listSubscribedApps)
  graphRoute(http, emulator, 'POST', '/:id/subscribed_apps', subscribeApp)
  graphRoute(http, emulator, 'DELETE', '/:id/subscribed_apps', unsubscribeApp)
}

export function describeWaba(world: World, waba: Waba): Json {
  const portfolio = world.portfolios.get(waba.portfolioId)
  const canSend = waba.refusesWith === undefined ? 'AVAILABLE' : 'BLOCKED'
  return {
    id: waba.id,
    name: waba.name,
    currency: 'USD',
    timezone_id: '1',
    country: 'US',
    message_template_namespace: `ns_${waba.id}`,
    account_review_status: waba.reviewStatus,
    business_verification_status: 'verified',
    ownership_type: 'CLIENT_OWNED',
    status: 'ACTIVE',
    whatsapp_business_manager_messaging_limit: portfolio?.messagingLimit,
    owner_business_info: { id: waba.portfolioId, name: portfolio?.name },
    on_behalf_of_business_info: undefined,
    primary_funding_id: undefined,
    marketing_messages_lite_api_status: 'ELIGIBLE',
    health_status: {
      can_send_message: canSend,
      entities: [{ entity_type: 'WABA', id: waba.id, can_send_message: canSend }],
    },
  }
}

function listNumbers(call: GraphCall): GraphAnswer {
  const waba = wabaOf(call)
  if ('code' in waba) return { fault: waba }
  const { world } = call.emulator
  const numbers = [...world.numbers.values()].filter((number) => number.wabaId === waba.id)
  const paged = pageOf(numbers, pageAsk(call))
  if ('fault' in paged) return paged
  const data: Json[] = []
  for (const number of paged.page) {
    const described = pickFields(describeNumber(world, number), call.params.fields, NUMBER_DEFAULT_FIELDS)
    if ('fault' in described) return described
    data.push(described.picked)
  }
  return paged.paging === undefined ? { data } : { data, paging: paged.paging }
}

/** How a list is asked for, from the parameters and the address of this call. */
export function pageAsk(call: GraphCall): Parameters<typeof pageOf>[1] {
  const { limit, after, before } = call.params
  return { limit, after, before, url: new URL(call.request.url, call.emulator.url()) }
}

function listSubscribedApps(call: GraphCall): GraphAnswer {
  const waba = wabaOf(call)
  if ('code' in waba) return { fault: waba }
  const data: Json[] = []
  for (const [appId, override] of waba.subscribedApps) {
    const link = `https://www.facebook.com/games/?app_id=${appId}`
    const name = call.emulator.world.apps.get(appId)?.name
    const row: Json = { whatsapp_business_api_data: { id: appId, link, name } }
    if (override !== undefined) row.override_callback_uri = override.callbackUrl
    data.push(row)
  }
  return { data }
}

async function subscribeApp(call: GraphCall): Promise<GraphAnswer> {
  const waba = wabaOf(call)
  if ('code' in waba) return { fault: waba }
  const callbackUrl = textOf(call.params.override_callback_uri)
  const verifyToken = textOf(call.params.verify_token)
  if (callbackUrl === undefined) {
    waba.subscribedApps.set(call.grant.appId, undefined)
    return { success: true }
  }
  if (verifyToken === undefined)
    return { fault: fault(100, 'Param verify_token is required with override_callback_uri.') }
  const refused = await verifyCallback({ callbackUrl, verifyToken })
  if (refused !== undefined) return { fault: refused }
  waba.subscribedApps.set(call.grant.appId, { callbackUrl, verifyToken })
  return { success: true }
}

function unsubscribeApp(call: GraphCall): GraphAnswer {
  const waba = wabaOf(call)
  if ('code' in waba) return { fault: waba }
  waba.subscribedApps.delete(call.grant.appId)
  return { success: true }
}
