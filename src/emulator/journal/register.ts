import type { App, BusinessNumber, Grant, Portfolio, Waba } from '../world/accounts.ts'
import type { Customer } from '../world/customers.ts'
import type { Group } from '../world/groups.ts'
import type { GupshupApp } from '../world/gupshup-apps.ts'
import { DailyRecipients, MovingSecond, PairLimit } from '../world/limits.ts'
import type { MediaFile } from '../world/media.ts'
import type { Settings } from '../world/settings.ts'
import { needsOf, type Template } from '../world/templates.ts'
import type { World } from '../world/world.ts'

type KeptMedia = Omit<MediaFile, 'bytes' | 'sha256'>

/** One thing that changes seldom and is kept whole; what can be worked out again is left out. */
export type Kept =
  | { kind: 'settings'; id: 'settings'; value: Settings }
  | { kind: 'app'; id: string; value: App }
  | { kind: 'grant'; id: string; value: Grant }
  | { kind: 'portfolio'; id: string; value: Omit<Portfolio, 'dailyRecipients'> }
  | { kind: 'waba'; id: string; value: Waba }
  | { kind: 'number'; id: string; value: Omit<BusinessNumber, 'movingSecond' | 'pairLimit'> }
  | { kind: 'gupshup_app'; id: string; value: Omit<GupshupApp, 'number'>; numberId: string }
  | { kind: 'template'; id: string; value: Omit<Template, 'needs'> }
  | { kind: 'customer'; id: string; value: Customer }
  | { kind: 'group'; id: string; value: Group }
  | { kind: 'media'; id: string; value: KeptMedia }

export function keyOf({ kind, id }: Pick<Kept, 'kind' | 'id'>): string {
  return `${kind} ${id}`
}

/** All of it, what others refer to first. */
export function* registerOf(world: World): Generator<Kept> {
  yield { kind: 'settings', id: 'settings', value: world.settings }
  for (const value of world.apps.values()) yield { kind: 'app', id: value.id, value }
  for (const value of world.grants.values()) yield { kind: 'grant', id: value.token, value }
  for (const { dailyRecipients: _, ...value } of world.portfolios.values())
    yield { kind: 'portfolio', id: value.id, value }
  for (const value of world.wabas.values()) yield { kind: 'waba', id: value.id, value }
  for (const { movingSecond: _, pairLimit: __, ...value } of world.numbers.values())
    yield { kind: 'number', id: value.id, value }
  for (const { number, ...value } of world.gupshupApps.values())
    yield { kind: 'gupshup_app', id: value.id, value, numberId: number.id }
  for (const { needs: _, ...value } of world.templates.all()) yield { kind: 'template', id: value.id, value }
  for (const value of world.customers.all()) yield { kind: 'customer', id: value.phone, value }
  for (const value of world.groups.values()) yield { kind: 'group', id: value.id, value }
  for (const { bytes: _, sha256: __, ...value } of world.media.all())
    yield { kind: 'media', id: value.id, value }
}

/** `bytesOf` reads the file of a media id. */
export function bringBack(world: World, kept: Kept, bytesOf: (mediaId: string) => Buffer): void {
  switch (kept.kind) {
    case 'settings':
      Object.assign(world.settings, kept.value)
      return
    case 'app':
      world.apps.set(kept.id, kept.value)
      return
    case 'grant':
      world.grants.set(kept.id, kept.value)
      return
    case 'portfolio':
      world.portfolios.set(kept.id, { ...kept.value, dailyRecipients: new DailyRecipients() })
      return
    case 'waba':
      world.wabas.set(kept.id, kept.value)
      return
    case 'number':
      world.numbers.set(kept.id, numberFrom(kept.value))
      world.ledger.numberIds[kept.value.ledgerIndex] = kept.id
      return
    case 'gupshup_app': {
      const number = world.numbers.get(kept.numberId)
      if (number !== undefined) world.gupshupApps.set(kept.value.wabaId, { ...kept.value, number })
      return
    }
    case 'template':
      world.templates.add({ ...kept.value, needs: needsOf(kept.value.components) })
      return
    case 'customer':
      world.customers.remember(kept.value)
      return
    case 'group':
      world.groups.set(kept.id, kept.value)
      return
    case 'media':
      world.media.remember({ ...kept.value, bytes: bytesOf(kept.id) })
      return
    default:
      kept satisfies never
  }
}

function numberFrom(value: Omit<BusinessNumber, 'movingSecond' | 'pairLimit'>): BusinessNumber {
  const { throughputPerSecond: perSecond } = value
  const movingSecond = perSecond === undefined ? undefined : new MovingSecond(perSecond)
  return { ...value, movingSecond, pairLimit: new PairLimit() }
}
