import { userIdOf } from './identifiers.ts'

/** A person with a phone, as far as she has done anything; recipients who never act have no entry. */
export interface Customer {
  phone: string
  name: string
  username: string | undefined
  /** Has a username and shows no phone: webhooks carry only her business-scoped user id. */
  hidesPhone: boolean
  /** Businesses that know a user id of hers. */
  portfolioIds: Set<string>
  lastInboundMs: Map<string, number>
  blockedNumberIds: Set<string>
  stoppedNumberIds: Set<string>
}

export interface InboundMessage {
  wamid: string
  atMs: number
  phoneNumberId: string
  phone: string
  /** `messages[0]` of the webhook. */
  message: Record<string, unknown>
  readByBusiness: boolean
}

const INBOUND_KEPT_PER_THREAD = 500
const THREADS_KEPT = 20_000

export class Customers {
  readonly #byPhone = new Map<string, Customer>()
  readonly #phoneByUserId = new Map<string, string>()
  readonly #inbound = new Map<string, InboundMessage[]>()
  readonly #inboundByWamid = new Map<string, InboundMessage>()

  find(phone: string): Customer | undefined {
    return this.#byPhone.get(phone)
  }

  all(): Customer[] {
    return [...this.#byPhone.values()]
  }

  meet(phone: string, portfolioId: string): Customer {
    this.#phoneByUserId.set(userIdOf(portfolioId, phone), phone)
    const known = this.#byPhone.get(phone)
    known?.portfolioIds.add(portfolioId)
    if (known !== undefined) return known
    const customer: Customer = {
      phone,
      name: `Customer ${phone.slice(-4)}`,
      username: undefined,
      hidesPhone: false,
      portfolioIds: new Set([portfolioId]),
      lastInboundMs: new Map(),
      blockedNumberIds: new Set(),
      stoppedNumberIds: new Set(),
    }
    this.#byPhone.set(phone, customer)
    return customer
  }

  /** As `meet` made her, in an earlier process. */
  remember(customer: Customer): void {
    this.#byPhone.set(customer.phone, customer)
    for (const portfolioId of customer.portfolioIds)
      this.#phoneByUserId.set(userIdOf(portfolioId, customer.phone), customer.phone)
  }

  phoneOfUserId(userId: string): string | undefined {
    return this.#phoneByUserId.get(userId)
  }

  keep(inbound: InboundMessage): void {
    const key = `${inbound.phoneNumberId}:${inbound.phone}`
    const thread = this.#inbound.get(key) ?? []
    thread.push(inbound)
    this.#inboundByWamid.set(inbound.wamid, inbound)
    if (thread.length > INBOUND_KEPT_PER_THREAD) this.#drop(thread.splice(0, 1))
    this.#inbound.set(key, thread)
    if (this.#inbound.size > THREADS_KEPT) this.#dropOldestThread()
  }

  inbound(phoneNumberId: string, phone: string): readonly InboundMessage[] {
    return this.#inbound.get(`${phoneNumberId}:${phone}`) ?? []
  }

  inboundOf(wamid: string): InboundMessage | undefined {
    return this.#inboundByWamid.get(wamid)
  }

  allInbound(): InboundMessage[] {
    return [...this.#inbound.values()].flat()
  }

  /** This message and the earlier ones of its thread. */
  markRead(wamid: string): void {
    const read = this.inboundOf(wamid)
    if (read === undefined) return
    for (const earlier of this.inbound(read.phoneNumberId, read.phone)) {
      if (earlier.atMs <= read.atMs) earlier.readByBusiness = true
    }
  }

  forgetAll(): void {
    this.#byPhone.clear()
    this.#phoneByUserId.clear()
    this.#inbound.clear()
    this.#inboundByWamid.clear()
  }

  #drop(messages: InboundMessage[]): void {
    for (const message of messages) this.#inboundByWamid.delete(message.wamid)
  }

  #dropOldestThread(): void {
    for (const [key, thread] of this.#inbound) {
      this.#drop(thread)
      this.#inbound.delete(key)
      return
    }
  }
}

const WINDOW_MS = 24 * 3_600_000

export function hasOpenWindow(customer: Customer | undefined, phoneNumberId: string, atMs: number): boolean {
  const lastMs = customer?.lastInboundMs.get(phoneNumberId)
  return lastMs !== undefined && atMs - lastMs < WINDOW_MS
}

/** What WhatsApp shows of her to a business. */
export function profileOf(customer: Customer): Record<string, unknown> {
  return customer.username === undefined
    ? { name: customer.name }
    : { name: customer.name, username: customer.username }
}
