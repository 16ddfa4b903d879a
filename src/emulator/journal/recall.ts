import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { World } from '../world/world.ts'
import { decodeRecord } from './encode-record.ts'
import { mediaDirectoryIn } from './journal.ts'
import {
  type AcceptedRecord,
  type Debt,
  JOURNAL_FORM,
  type JournalRecord,
  type PlannedStatus,
  type RecordOfMessages,
} from './records.ts'
import { bringBack, type Kept, keyOf } from './register.ts'
import { remindLimits } from './remind-limits.ts'

/** What hubs had not heard of when the last process ended. */
export interface Owed {
  /** Planned statuses of accepted messages, by sequence. */
  plans: Map<number, PlannedStatus[]>
  debts: Map<number, Debt>
}

export function journalFileIn(directory: string): string {
  return join(directory, 'journal.jsonl')
}

/** Makes the world what it was when the last process ended. Throws on a line that nobody wrote in full but the last. */
export async function recall(world: World, directory: string): Promise<Owed> {
  const reader = new Reader(world)
  const file = journalFileIn(directory)
  if (existsSync(file)) await reader.readAll(file)
  const pathOf = (mediaId: string) => join(mediaDirectoryIn(directory), mediaId)
  for (const kept of reader.register.values()) {
    // A file that the disk had no room for is as good as expired.
    if (kept.kind === 'media' && !existsSync(pathOf(kept.id))) continue
    bringBack(world, kept, (id) => readFileSync(pathOf(id)))
  }
  for (const [numberId, phone] of reader.refusedOnce) world.numbers.get(numberId)?.refusedOnce.add(phone)
  remindLimits(world)
  return { plans: reader.plansLeft(), debts: reader.debts }
}

class Reader {
  readonly debts = new Map<number, Debt>()
  /** What was heard is undefined: positions in a plan must stay. */
  readonly #plans = new Map<number, (PlannedStatus | undefined)[]>()
  readonly register = new Map<string, Kept>()
  refusedOnce: [numberId: string, phone: string][] = []
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  plansLeft(): Map<number, PlannedStatus[]> {
    const left = [...this.#plans].map(([sequence, plan]) => {
      const statuses = plan.filter((planned) => planned !== undefined)
      return [sequence, statuses] as const
    })
    return new Map(left)
  }

  async readAll(file: string): Promise<void> {
    let torn: { number: number; error: unknown } | undefined
    let number = 0
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: 0 })) {
      number += 1
      if (torn !== undefined)
        throw new Error(`Line ${torn.number} of ${file} is unreadable. Without the file all starts anew.`, {
          cause: torn.error,
        })
      try {
        const record = decodeRecord(line)
        if (record[0] === 'begin' && record[1].form !== JOURNAL_FORM) return
        this.#take(record)
      } catch (error) {
        // The last line may have been cut off by the death of its writer: nobody was answered on the strength of it.
        torn = { number, error }
      }
    }
  }

  #take(record: JournalRecord): void {
    switch (record[0]) {
      case 'begin':
        this.#world.ledger.wamids.goOn(record[1].run, record[1].inboundCount)
        this.#world.ledger.goOnFrom(record[1].nextSequence)
        return
      case 'keep':
        this.register.set(keyOf(record[1]), record[1])
        return
      case 'drop':
        this.register.delete(record[1])
        return
      case 'owed':
        this.debts.set(record[1], record[2])
        return
      case 'heard':
        this.debts.delete(record[1])
        return
      case 'refused_once':
        this.refusedOnce.push([record[1], record[2]])
        return
      case 'reset':
        this.#reset()
        return
      default:
        this.#takeOfMessages(record)
    }
  }

  #takeOfMessages(record: RecordOfMessages): void {
    const { ledger, customers, refusals } = this.#world
    switch (record[0]) {
      case 'accepted':
        this.#accept(record)
        return
      case 'state':
        ledger.setState(record[1], record[2], record[3] ?? undefined)
        return
      case 'answered':
        ledger.setAnswered(record[1], record[2])
        return
      case 'told':
        this.#cross(record[1])
        return
      case 'inbound':
        ledger.wamids.goOn(ledger.wamids.run, record[1])
        customers.keep(record[2])
        return
      case 'read':
        customers.markRead(record[1])
        return
      case 'refused':
        refusals.set(record[1], (refusals.get(record[1]) ?? 0) + record[2])
        return
      default:
        record satisfies never
    }
  }

  #accept(record: AcceptedRecord): void {
    const [, sequence, atMs, numberIndex, phone, kind, opaque, hadOpenWindow, plan, body] = record
    const { ledger } = this.#world
    const message = {
      numberIndex,
      recipient: Number(phone),
      kindIndex: ledger.kindIndex(kind),
      opaque: opaque ?? undefined,
      hadOpenWindow,
      body: body ?? {},
    }
    if (ledger.accept(message, atMs, body === null ? 0 : this.#bodiesKept) !== sequence)
      throw new Error(`The message ${sequence} is not the next one.`)
    if (plan.length > 0) this.#plans.set(sequence, plan)
  }

  get #bodiesKept(): number {
    const settings = this.register.get(keyOf({ kind: 'settings', id: 'settings' }))
    return settings?.kind === 'settings' ? settings.value.bodies_kept : this.#world.settings.bodies_kept
  }

  #cross(told: readonly number[]): void {
    for (let at = 0; at + 1 < told.length; at += 2) {
      const [sequence = 0, position = 0] = told.slice(at, at + 2)
      const plan = this.#plans.get(sequence)
      const status = plan?.[position]
      if (plan === undefined || status === undefined) continue
      this.#world.ledger.setState(sequence, status[0], status[2])
      plan[position] = undefined
      if (plan.every((left) => left === undefined)) this.#plans.delete(sequence)
    }
  }

  #reset(): void {
    const { ledger, customers, refusals } = this.#world
    ledger.clear()
    customers.forgetAll()
    refusals.clear()
    this.#plans.clear()
    this.debts.clear()
    this.register.clear()
    this.refusedOnce = []
  }
}
