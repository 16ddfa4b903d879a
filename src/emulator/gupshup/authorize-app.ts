import type { IncomingHttpHeaders } from 'node:http'
import type { GupshupApp } from '../world/gupshup-apps.ts'
import type { World } from '../world/world.ts'

/** An answer of Gupshup's that is no success. */
export interface Refusal {
  status: number
  message: string
}

export const AUTHENTICATION_FAILED: Refusal = { status: 401, message: 'Authentication Failed' }

/** The app with this id, if the caller has its key; partner routes take the partner's token as well. */
export function appFor(
  world: World,
  appId: string,
  headers: IncomingHttpHeaders,
  isPartner: boolean,
): GupshupApp | Refusal {
  const app = [...world.gupshupApps.values()].find((each) => each.id === appId)
  const token = isPartner ? tokenIn(headers) : headers.apikey
  const secret = isPartner ? (each: GupshupApp) => each.partnerToken : (each: GupshupApp) => each.apiKey
  const isKnown = [...world.gupshupApps.values()].some((each) => secret(each) === token)
  if (!isKnown) return AUTHENTICATION_FAILED
  if (app === undefined || secret(app) !== token) return { status: 404, message: 'App Not Found' }
  return app
}

/** The app a send is for: key, name and number must belong together. */
export function senderFor(
  world: World,
  headers: IncomingHttpHeaders,
  { name, source }: { name: string | undefined; source: string | undefined },
): GupshupApp | Refusal {
  const ofKey = [...world.gupshupApps.values()].filter((app) => app.apiKey === headers.apikey)
  if (ofKey.length === 0) return AUTHENTICATION_FAILED
  const app = ofKey.find((each) => each.name === name && each.number.phone === source)
  return app ?? { status: 400, message: 'Invalid App Details' }
}

/** Older pages of the partner API say `token`, newer ones `Authorization`. */
function tokenIn(headers: IncomingHttpHeaders): string | undefined {
  const token = headers.authorization ?? headers.token
  return Array.isArray(token) ? token[0] : token?.replace(/^Bearer /, '')
}
