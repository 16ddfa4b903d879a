/**
 * One thing to tell a hub. Updates of the same account, field and number that wait together travel in one
 * change, their items side by side in `statuses` or `messages`.
 */
export interface Update {
  wabaId: string
  field: string
  /** Account and template fields carry the time of the entry; messaging fields do not. */
  entrySeconds: number | undefined
  content: NumberContent | ValueContent
  /** Called when every address that it goes to has taken it. */
  onHeard?: (() => void) | undefined
}

/** An item of `value.statuses`, `value.messages`, `value.user_preferences` and the like. */
interface NumberContent {
  kind: 'number'
  phoneNumberId: string
  displayPhone: string
  list: string
  item: Record<string, unknown>
  contact: Record<string, unknown> | undefined
}

/** A whole `value`. */
interface ValueContent {
  kind: 'value'
  value: unknown
}

interface Change {
  field: string
  value: unknown
}

interface Entry {
  id: string
  time?: number
  changes: Change[]
}

/** The envelope of a callback with these updates, in their order. */
export function envelopeOf(updates: readonly Update[]): Record<string, unknown> {
  const entries = new Map<string, Entry>()
  const changes = new Map<string, NumberChange>()
  for (const update of updates) {
    const entry = entryFor(entries, update)
    const { content } = update
    if (content.kind === 'value') {
      entry.changes.push({ field: update.field, value: content.value })
      continue
    }
    const key = `${update.wabaId}/${update.field}/${content.phoneNumberId}/${content.list}`
    const open = changes.get(key)
    if (open === undefined) changes.set(key, new NumberChange(entry, update.field, content))
    else open.add(content)
  }
  return { object: 'whatsapp_business_account', entry: [...entries.values()] }
}

function entryFor(entries: Map<string, Entry>, update: Update): Entry {
  const key = `${update.wabaId}/${update.entrySeconds === undefined}`
  const known = entries.get(key)
  if (known !== undefined) return known
  const { wabaId: id, entrySeconds } = update
  const entry: Entry =
    entrySeconds === undefined ? { id, changes: [] } : { id, time: entrySeconds, changes: [] }
  entries.set(key, entry)
  return entry
}

/** A change that is still open for more items of the same number. */
class NumberChange {
  readonly #items: Record<string, unknown>[] = []
  readonly #contacts: Record<string, unknown>[] = []
  readonly #contactKeys = new Set<unknown>()
  readonly #value: Record<string, unknown>

  constructor(entry: Entry, field: string, content: NumberContent) {
    this.#value = {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: content.displayPhone, phone_number_id: content.phoneNumberId },
      ...(content.contact === undefined ? {} : { contacts: this.#contacts }),
      [content.list]: this.#items,
    }
    entry.changes.push({ field, value: this.#value })
    this.add(content)
  }

  add(content: NumberContent): void {
    this.#items.push(content.item)
    const { contact } = content
    if (contact === undefined) return
    const key = contact.wa_id ?? contact.user_id
    if (this.#contactKeys.has(key)) return
    this.#contactKeys.add(key)
    this.#contacts.push(contact)
    this.#value.contacts = this.#contacts
  }
}
