import { GupshupCourier } from '../gupshup/courier.ts'
import type { Journal } from '../journal/journal.ts'
import type { CallbackAddress } from '../world/accounts.ts'
import type { World } from '../world/world.ts'
import { CallbackQueue, type CallbackTarget, type QueueReport } from './callback-queue.ts'
import type { Update } from './updates.ts'
import { whenEach } from './when-each.ts'

/** A body made elsewhere, and who hears it. */
export interface RawCallback {
  wabaId: string
  field: string
  phoneNumberId: string | undefined
  base64: string
}

// Only messaging fields follow an override; account and template fields always go to the app's callback.
const OVERRIDABLE_FIELDS = new Set([
  'messages',
  'calls',
  'groups',
  'history',
  'smb_message_echoes',
  'smb_app_state_sync',
])

/** Takes what there is to tell and brings it to every app that subscribed to the account. */
export class Callbacks {
  readonly #world: World
  readonly #journal: Journal | undefined
  readonly #queues = new Map<string, CallbackQueue>()
  /** Accounts that Gupshup keeps hear of everything in its words. */
  readonly gupshup: GupshupCourier

  constructor(world: World, journal: Journal | undefined, url: () => string) {
    this.#world = world
    this.#journal = journal
    this.gupshup = new GupshupCourier(world, journal, url)
  }

  /** Notes an update that is told only later, so that it is told even if the process ends before. */
  owe(update: Update): void {
    update.onHeard ??= this.#journal?.owe({ update })
  }

  tell(update: Update): void {
    this.owe(update)
    const app = this.#world.gupshupApps.get(update.wabaId)
    if (app !== undefined) {
      this.gupshup.tell(app, update)
      return
    }
    const targets = this.#targetsOf(update)
    if (targets.length !== 1) update.onHeard = whenEach(targets.length, update.onHeard)
    for (const target of targets) this.#queue(target).add(update)
  }

  /** Sends a body as it is, signed, to each callback of the account. */
  tellRaw(raw: RawCallback, onHeard = this.#journal?.owe(raw)): number {
    const { wabaId, field, phoneNumberId, base64 } = raw
    const targets = targetsFor(this.#world, wabaId, field, phoneNumberId)
    const onEach = whenEach(targets.length, onHeard)
    for (const target of targets) this.#queue(target).addBytes(Buffer.from(base64, 'base64'), onEach)
    return targets.length
  }

  report(): QueueReport[] {
    return [...this.#queues.values()].map((queue) => queue.report())
  }

  async close(): Promise<void> {
    const queues = [...this.#queues.values()]
    this.#queues.clear()
    await Promise.all([this.gupshup.close(), ...queues.map((queue) => queue.close())])
  }

  #targetsOf(update: Update): CallbackTarget[] {
    const phoneNumberId = update.content.kind === 'number' ? update.content.phoneNumberId : undefined
    return targetsFor(this.#world, update.wabaId, update.field, phoneNumberId)
  }

  #queue(target: CallbackTarget): CallbackQueue {
    const key = `${target.appSecret} ${target.url}`
    const known = this.#queues.get(key)
    if (known !== undefined) return known
    const queue = new CallbackQueue(target, this.#world.settings, this.#world.chance)
    this.#queues.set(key, queue)
    return queue
  }
}

/** Precedence: the number's callback, then the account's, then the app's. */
function targetsFor(
  world: World,
  wabaId: string,
  field: string,
  phoneNumberId: string | undefined,
): CallbackTarget[] {
  const targets: CallbackTarget[] = []
  const number = phoneNumberId === undefined ? undefined : world.numbers.get(phoneNumberId)
  for (const [appId, ofWaba] of world.wabas.get(wabaId)?.subscribedApps ?? []) {
    const app = world.apps.get(appId)
    if (app === undefined) continue
    const { subscription } = app
    if (subscription !== undefined && !subscription.fields.has(field)) continue
    const override = OVERRIDABLE_FIELDS.has(field) ? (number?.callbackOverride ?? ofWaba) : undefined
    const address: CallbackAddress | undefined = override ?? subscription
    if (address !== undefined) targets.push({ url: address.callbackUrl, appSecret: app.secret })
  }
  return targets
}
