import type { FastifyInstance } from 'fastify'
import { verifyCallback } from '../callbacks/verify-callback.ts'
import type { Emulator } from '../emulator.ts'
import { fault } from '../faults/faults.ts'
import type { Json } from '../json.ts'
import type { App, Grant } from '../world/accounts.ts'
import { CALLBACK_FIELDS } from '../world/create-account.ts'
import { isAppGrant } from './authorize.ts'
import { appOf, type GraphAnswer, type GraphCall, graphRoute, textOf } from './graph-route.ts'

export function registerAppRoutes(http: FastifyInstance, emulator: Emulator): void {
  graphRoute(http, emulator, 'GET', '/app', (call) => describeGrantApp(call))
  graphRoute(http, emulator, 'GET', '/me', (call) => ({ id: call.grant.appId, name: 'Parley system user' }))
  graphRoute(http, emulator, 'GET', '/debug_token', debugToken)
  graphRoute(http, emulator, 'GET', '/:id/subscriptions', listSubscriptions)
  graphRoute(http, emulator, 'POST', '/:id/subscriptions', subscribe)
  graphRoute(http, emulator, 'DELETE', '/:id/subscriptions', unsubscribe)
}

export function describeApp(app: App): Json {
  const link = `https://www.facebook.com/games/?app_id=${app.id}`
  return { id: app.id, name: app.name, category: 'Business and pages', link, namespace: undefined }
}

function describeGrantApp(call: GraphCall): GraphAnswer {
  const app = call.emulator.world.apps.get(call.grant.appId)
  return app === undefined ? { fault: fault(190) } : describeApp(app)
}

function debugToken(call: GraphCall): GraphAnswer {
  const token = textOf(call.params.input_token)
  if (token === undefined) return { fault: fault(100, 'Param input_token is required.') }
  const grant = call.emulator.world.grants.get(token)
  if (grant === undefined || grant.appId !== call.grant.appId) {
    const error = { code: 190, message: 'Invalid OAuth access token.', subcode: 0 }
    return { data: { is_valid: false, error, scopes: [] } }
  }
  return { data: describeGrant(grant, call.emulator.world.apps.get(grant.appId)) }
}

function describeGrant(grant: Grant, app: App | undefined): Json {
  const targets = [...grant.wabaIds].reverse()
  const granular = grant.scopes
    .filter((scope) => scope.startsWith('whatsapp_'))
    .map((scope) => ({ scope, target_ids: targets }))
  return {
    app_id: grant.appId,
    application: app?.name,
    data_access_expires_at: 0,
    expires_at: 0,
    granular_scopes: granular,
    is_valid: !grant.isExpired,
    scopes: grant.scopes,
    type: 'SYSTEM_USER',
    user_id: grant.appId,
  }
}

function listSubscriptions(call: GraphCall): GraphAnswer {
  const app = appSpeaking(call)
  if ('code' in app) return { fault: app }
  const { subscription } = app
  if (subscription === undefined) return { data: [] }
  const fields = [...subscription.fields].map((name) => ({ name, version: 'v25.0' }))
  const { callbackUrl: callback_url } = subscription
  return { data: [{ object: 'whatsapp_business_account', callback_url, active: true, fields }] }
}

async function subscribe(call: GraphCall): Promise<GraphAnswer> {
  const app = appSpeaking(call)
  if ('code' in app) return { fault: app }
  const callbackUrl = textOf(call.params.callback_url)
  const verifyToken = textOf(call.params.verify_token)
  if (
    call.params.object !== 'whatsapp_business_account' ||
    callbackUrl === undefined ||
    verifyToken === undefined
  ) {
    return { fault: fault(100, 'Params object, callback_url and verify_token are required.') }
  }
  const refused = await verifyCallback({ callbackUrl, verifyToken })
  if (refused !== undefined) return { fault: refused }
  app.subscription = { callbackUrl, verifyToken, fields: fieldsOf(call.params.fields) }
  return { success: true }
}

function unsubscribe(call: GraphCall): GraphAnswer {
  const app = appSpeaking(call)
  if ('code' in app) return { fault: app }
  app.subscription = undefined
  return { success: true }
}

/** Subscriptions take the app's own token, never a system user's. */
function appSpeaking(call: GraphCall): ReturnType<typeof appOf> {
  if (isAppGrant(call.grant)) return appOf(call)
  return { code: 15, httpStatus: 400, message: '(#15) This method must be called with an app access_token.' }
}

function fieldsOf(asked: unknown): Set<string> {
  const names = Array.isArray(asked) ? asked.map(String) : (textOf(asked)?.split(',') ?? CALLBACK_FIELDS)
  return new Set(names.map((name) => name.trim()).filter((name) => name !== ''))
}
