import type { Chance } from '../faults/chance.ts'
import {
  contactId,
  listId,
  messageId,
  type NumberId,
  numberId,
  templateId,
  workspaceId,
} from '../src/contract/index.ts'
import { priorities } from '../src/server/messages/index.ts'
import type { Message, SendingNumber, Tables } from './model/rows.ts'

const categories = ['MARKETING', 'UTILITY', 'AUTHENTICATION'] as const
const limits = [5, 20, 80, 1_000] as const
const wsp = workspaceId.parse(idOf('wsp', 1))

/** Numbers with lists that are being sent, and the people they are sent to. */
export class Scenario {
  readonly #tables: Tables
  readonly #chance: Chance
  #ids = 0

  constructor(tables: Tables, chance: Chance) {
    this.#tables = tables
    this.#chance = chance
  }

  /** What is there when the hubs start. */
  fill(nowMs: number): void {
    const { policy } = this.#tables
    policy.utility_unknown = this.#chance.pick(['hold', 'resend'])
    policy.changed_at = nowMs - 86_400_000
    this.#tables.portfolio.limit = this.#chance.number() < 0.5 ? null : this.#chance.whole(10, 60)
    for (let left = this.#chance.whole(1, 2); left > 0; left -= 1) {
      const number = this.#addNumber(nowMs)
      for (let lists = this.#chance.whole(1, 2); lists > 0; lists -= 1) this.#addList(number, nowMs)
    }
  }

  get numberIds(): NumberId[] {
    return [...this.#tables.numbers.keys()]
  }

  /** A reply of an agent, or a message through the API, as it is committed to the queue. */
  addDirect(nowMs: number): Message {
    const number_id = this.#chance.pick(nonEmpty(this.numberIds))
    const isReply = this.#chance.number() < 0.5
    const contact_id = this.#addPerson(isReply ? { number_id, until: nowMs + 86_400_000 } : null)
    const utility = [...this.#tables.templates.values()].find(({ category }) => category === 'UTILITY')
    return this.#addMessage(nowMs, {
      number_id,
      contact_id,
      list_id: null,
      template_id: isReply ? null : (utility?.id ?? this.#addTemplate('UTILITY')),
      category: isReply ? null : 'UTILITY',
      type: isReply ? 'text' : 'template',
      priority: isReply ? priorities.reply : priorities.api,
    })
  }

  #addNumber(nowMs: number): SendingNumber {
    const index = this.#next()
    const number: SendingNumber = {
      id: numberId.parse(idOf('num', index)),
      workspace_id: wsp,
      phone_number_id: String(1_000 + index),
      limit_per_second: this.#chance.pick(limits),
      last_webhook_at: nowMs,
    }
    this.#tables.numbers.set(number.id, number)
    return number
  }

  #addList(number: SendingNumber, nowMs: number): void {
    const category = this.#chance.pick(categories)
    const template_id = this.#addTemplate(category)
    const list_id = listId.parse(idOf('lst', this.#next()))
    this.#tables.gates.set(list_id, {
      list_id,
      number_id: number.id,
      template_id,
      weight: this.#chance.whole(1, 5),
      sends_until: nowMs + 3_600_000,
    })
    for (let left = this.#chance.whole(5, 40); left > 0; left -= 1) {
      const contact_id = this.#addPerson(null)
      const priority = priorities.bulk
      this.#addMessage(nowMs, {
        number_id: number.id,
        contact_id,
        list_id,
        template_id,
        category,
        type: 'template',
        priority,
      })
    }
  }

  #addTemplate(category: string) {
    const id = templateId.parse(idOf('tpl', this.#next()))
    this.#tables.templates.set(id, { id, category, status: 'APPROVED' })
    return id
  }

  #addPerson(window: { number_id: NumberId; until: number } | null) {
    const id = contactId.parse(idOf('ctc', this.#next()))
    const windows = new Map(window === null ? [] : [[window.number_id, window.until]])
    this.#tables.people.set(id, { id, opted_out_all: false, opted_out_marketing: false, windows })
    return id
  }

  #addMessage(
    nowMs: number,
    row: Pick<
      Message,
      'number_id' | 'contact_id' | 'list_id' | 'template_id' | 'category' | 'type' | 'priority'
    >,
  ): Message {
    const index = this.#next()
    const message: Message = {
      ...row,
      workspace_id: wsp,
      id: messageId.parse(idOf('msg', index)),
      body: null,
      to_phone: String(598_900_000_000 + index),
      state: 'queued',
      attempt: 0,
      epoch: null,
      next_at: nowMs,
      unknown_since: null,
      external_id: null,
      resolution: null,
      facts: new Set(),
    }
    this.#tables.messages.set(message.id, message)
    this.#tables.queue.set(message.id, nowMs)
    return message
  }

  #next(): number {
    this.#ids += 1
    return this.#ids
  }
}

/** Ids that sort by the order in which they were made, as the hub's do. */
function idOf(prefix: string, index: number): string {
  return `${prefix}_${index.toString(16).padStart(32, '0')}`
}

export function nonEmpty<Value>(values: readonly Value[]): [Value, ...Value[]] {
  const [first, ...rest] = values
  if (first === undefined) throw new Error('There is nothing to choose from.')
  return [first, ...rest]
}
