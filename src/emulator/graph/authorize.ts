import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Fault } from '../faults/faults.ts'
import type { Grant } from '../world/accounts.ts'
import type { World } from '../world/world.ts'

interface Credentials {
  authorization: string | undefined
  accessToken: string | undefined
  /** `appsecret_proof`: the token signed with the app secret. */
  proof: string | undefined
}

type Authorization = { grant: Grant; fault?: undefined } | { fault: Fault; grant?: undefined }

const refused = (message: string, subcode?: number): Authorization => ({
  fault: { code: 190, message, ...(subcode === undefined ? {} : { subcode }) },
})

/** Finds who calls. An app may speak for itself with `APP_ID|APP_SECRET`, which proves its secret. */
export function authorize(world: World, credentials: Credentials): Authorization {
  const token = tokenOf(credentials)
  if (token === undefined) return refused('An access token is required to request this resource.')
  const grant = world.grants.get(token) ?? appGrant(world, token)
  if (grant === undefined) {
    const isAppToken = token.includes('|')
    return refused(
      isAppToken
        ? 'Invalid OAuth access token signature.'
        : 'Invalid OAuth access token - Cannot parse access token',
    )
  }
  if (grant.isExpired) return refused('Error validating access token: Session has expired.', 463)
  if (credentials.proof !== undefined && !isProof(world, grant, credentials.proof)) {
    return { fault: { code: 100, message: 'Invalid appsecret_proof provided in the API argument' } }
  }
  return { grant }
}

/** What is missing for this grant to use this account, if anything. */
export function assetFault(grant: Grant, wabaId: string): Fault | undefined {
  if (grant.wabaIds.has(wabaId)) return undefined
  return {
    code: 200,
    message: '(#200) You do not have the necessary permissions to access this WhatsApp Business Account.',
  }
}

export function isAppGrant(grant: Grant): boolean {
  return grant.token.includes('|')
}

function tokenOf(credentials: Credentials): string | undefined {
  const { authorization, accessToken } = credentials
  if (authorization === undefined) return accessToken
  const space = authorization.indexOf(' ')
  const scheme = authorization.slice(0, space).toLowerCase()
  if (scheme !== 'bearer' && scheme !== 'oauth') return accessToken
  return authorization.slice(space + 1).trim()
}

function appGrant(world: World, token: string): Grant | undefined {
  const [appId, secret] = token.split('|')
  const app = appId === undefined ? undefined : world.apps.get(appId)
  if (app === undefined || secret === undefined || !isSame(secret, app.secret)) return undefined
  return { token, appId: app.id, wabaIds: new Set(), isExpired: false, scopes: [] }
}

function isProof(world: World, grant: Grant, proof: string): boolean {
  const app = world.apps.get(grant.appId)
  if (app === undefined) return false
  return isSame(proof, createHmac('sha256', app.secret).update(grant.token).digest('hex'))
}

function isSame(given: string, right: string): boolean {
  const givenBytes = Buffer.from(given)
  const rightBytes = Buffer.from(right)
  return givenBytes.length === rightBytes.length && timingSafeEqual(givenBytes, rightBytes)
}
