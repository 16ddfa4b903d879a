import type { Json } from '../json.ts'
import { type BusinessNumber, throughputLevel } from '../world/accounts.ts'
import type { World } from '../world/world.ts'

export const NUMBER_DEFAULT_FIELDS = [
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
  'platform_type',
  'throughput',
  'webhook_configuration',
  'id',
]

/** Every field a number can be asked for. */
export function describeNumber(world: World, number: BusinessNumber): Json {
  const waba = world.wabas.get(number.wabaId)
  const portfolio = world.portfolios.get(number.portfolioId)
  return {
    id: number.id,
    display_phone_number: displayed(number.phone),
    verified_name: number.verifiedName,
    quality_rating: number.qualityRating,
    quality_score: { score: number.qualityRating },
    code_verification_status: 'VERIFIED',
    name_status: number.nameStatus,
    new_name_status: 'NONE',
    status: number.status,
    platform_type: 'CLOUD_API',
    throughput: { level: throughputLevel(number) },
    account_mode: 'LIVE',
    is_official_business_account: false,
    is_on_biz_app: number.isOnBusinessApp,
    is_pin_enabled: number.pin !== undefined,
    last_onboarded_time: '2026-01-08T11:22:33+0000',
    messaging_limit_tier: portfolio?.messagingLimit,
    whatsapp_business_manager_messaging_limit: portfolio?.messagingLimit,
    whatsapp_business_account: { id: number.wabaId, name: waba?.name },
    webhook_configuration: webhookConfiguration(world, number),
    health_status: healthOf(world, number),
    certificate: undefined,
    search_visibility: 'NON_VISIBLE',
  }
}

export function displayed(phone: string): string {
  if (phone.length === 11 && phone.startsWith('1')) {
    return `+1 ${phone.slice(1, 4)}-${phone.slice(4, 7)}-${phone.slice(7)}`
  }
  return `+${phone}`
}

function webhookConfiguration(world: World, number: BusinessNumber): Json {
  const configuration: Json = {}
  if (number.callbackOverride !== undefined) configuration.phone_number = number.callbackOverride.callbackUrl
  for (const [appId, ofWaba] of world.wabas.get(number.wabaId)?.subscribedApps ?? []) {
    if (ofWaba !== undefined) configuration.whatsapp_business_account = ofWaba.callbackUrl
    const ofApp = world.apps.get(appId)?.subscription?.callbackUrl
    if (ofApp !== undefined) configuration.application = ofApp
  }
  return configuration
}

function healthOf(world: World, number: BusinessNumber): Json {
  const waba = world.wabas.get(number.wabaId)
  const entities: Json[] = [
    entity('PHONE_NUMBER', number.id, number.isRegistered ? number.refusesWith : 133010),
    entity('WABA', number.wabaId, waba?.refusesWith),
    entity('BUSINESS', number.portfolioId, undefined),
  ]
  for (const appId of waba?.subscribedApps.keys() ?? []) entities.push(entity('APP', appId, undefined))
  const isBlocked = entities.some((each) => each.can_send_message === 'BLOCKED')
  return { can_send_message: isBlocked ? 'BLOCKED' : 'AVAILABLE', entities }
}

function entity(entityType: string, id: string, errorCode: number | undefined): Json {
  if (errorCode === undefined) return { entity_type: entityType, id, can_send_message: 'AVAILABLE' }
  return {
    entity_type: entityType,
    id,
    can_send_message: 'BLOCKED',
    errors: [
      {
        error_code: errorCode,
        error_description: 'Sending is blocked.',
        possible_solution: 'See the error code.',
      },
    ],
  }
}
