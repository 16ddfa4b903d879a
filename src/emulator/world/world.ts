import type { App, BusinessNumber, Grant, Portfolio, Waba } from './accounts.ts'
import { Chance } from './chance.ts'
import { Customers } from './customers.ts'
import type { Group } from './groups.ts'
import type { GupshupApp } from './gupshup-apps.ts'
import { Ledger } from './ledger.ts'
import { MediaShelf } from './media.ts'
import { DEFAULT_SETTINGS, type Settings } from './settings.ts'
import type { Template } from './templates.ts'

/** All that the pretend Meta knows. It lives in memory; a journal may keep it for the next process. */
export interface World {
  readonly settings: Settings
  readonly chance: Chance
  readonly apps: Map<string, App>
  readonly grants: Map<string, Grant>
  readonly portfolios: Map<string, Portfolio>
  readonly wabas: Map<string, Waba>
  readonly numbers: Map<string, BusinessNumber>
  /** Accounts that are reached through Gupshup, by the id of the account. */
  readonly gupshupApps: Map<string, GupshupApp>
  readonly templates: TemplateShelf
  readonly customers: Customers
  readonly groups: Map<string, Group>
  readonly media: MediaShelf
  readonly ledger: Ledger
  /** Requests to /messages that were refused, by error code. */
  readonly refusals: Map<number, number>
}

export function createWorld(seed: number): World {
  return {
    settings: { ...DEFAULT_SETTINGS },
    chance: new Chance(seed),
    apps: new Map(),
    grants: new Map(),
    portfolios: new Map(),
    wabas: new Map(),
    numbers: new Map(),
    gupshupApps: new Map(),
    templates: new TemplateShelf(),
    customers: new Customers(),
    groups: new Map(),
    media: new MediaShelf(),
    ledger: new Ledger(),
    refusals: new Map(),
  }
}

/** Templates by id, by account, and by the name and language a send asks for. */
class TemplateShelf {
  readonly #byId = new Map<string, Template>()
  readonly #byWaba = new Map<string, Template[]>()
  readonly #byAddress = new Map<string, Template>()

  add(template: Template): void {
    this.#byId.set(template.id, template)
    this.#byAddress.set(addressOf(template.wabaId, template.name, template.language), template)
    const ofWaba = this.#byWaba.get(template.wabaId)
    if (ofWaba === undefined) this.#byWaba.set(template.wabaId, [template])
    else ofWaba.push(template)
  }

  get(id: string): Template | undefined {
    return this.#byId.get(id)
  }

  find(wabaId: string, name: string, language: string): Template | undefined {
    return this.#byAddress.get(addressOf(wabaId, name, language))
  }

  all(): IterableIterator<Template> {
    return this.#byId.values()
  }

  ofWaba(wabaId: string): readonly Template[] {
    return this.#byWaba.get(wabaId) ?? []
  }

  remove(template: Template): void {
    this.#byId.delete(template.id)
    this.#byAddress.delete(addressOf(template.wabaId, template.name, template.language))
    const left = this.ofWaba(template.wabaId).filter((other) => other !== template)
    this.#byWaba.set(template.wabaId, left)
  }

  clear(): void {
    this.#byId.clear()
    this.#byWaba.clear()
    this.#byAddress.clear()
  }
}

function addressOf(wabaId: string, name: string, language: string): string {
  return `${wabaId}/${name}/${language}`
}
