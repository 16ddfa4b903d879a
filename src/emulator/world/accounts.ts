import type { DailyRecipients, MessagingLimit, MovingSecond, PairLimit } from './limits.ts'

export interface CallbackAddress {
  callbackUrl: string
  verifyToken: string
}

export interface App {
  id: string
  name: string
  secret: string
  /** What the app's dashboard calls "Webhooks": the callback and the fields it hears. */
  subscription: (CallbackAddress & { fields: Set<string> }) | undefined
}

/** What a token may do; `wabaIds` are the accounts its system user was assigned to. */
export interface Grant {
  token: string
  appId: string
  wabaIds: Set<string>
  isExpired: boolean
  scopes: string[]
}

export interface Portfolio {
  id: string
  name: string
  messagingLimit: MessagingLimit
  dailyRecipients: DailyRecipients
}

export interface Waba {
  id: string
  name: string
  portfolioId: string
  /** Subscribed apps, each with its own callback or none. */
  subscribedApps: Map<string, CallbackAddress | undefined>
  reviewStatus: string
  /** An error code every send through this account is refused with. */
  refusesWith: number | undefined
}

type QualityRating = 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN'

export interface BusinessNumber {
  id: string
  wabaId: string
  portfolioId: string
  /** Digits. */
  phone: string
  verifiedName: string
  nameStatus: string
  qualityRating: QualityRating
  status: string
  isRegistered: boolean
  pin: string | undefined
  /** Also used in the WhatsApp Business app on a phone. */
  isOnBusinessApp: boolean
  /** Messages per second; none means this number is never throttled. */
  throughputPerSecond: number | undefined
  movingSecond: MovingSecond | undefined
  pairLimit: PairLimit
  callbackOverride: CallbackAddress | undefined
  /** Recipients that have had their one refusal. */
  refusedOnce: Set<string>
  /** Customers the business blocked. */
  blockedPhones: Set<string>
  refusesWith: number | undefined
  /** Position in the ledger's list of numbers. */
  ledgerIndex: number
}

export function throughputLevel(number: BusinessNumber): 'STANDARD' | 'HIGH' {
  const perSecond = number.throughputPerSecond
  return perSecond === undefined || perSecond >= 1000 ? 'HIGH' : 'STANDARD'
}
