import type { ListId } from '../../contract/index.ts'
import type { OpenGate } from './queries.ts'

interface ListTurn {
  list_id: ListId
  weight: number
  /** Grows by the weight each round; who has most goes next and pays the sum of all weights. */
  credit: number
  /** Everything up to this id was looked at. Empty: the next claim begins at the front. */
  after: string
  restsUntilMs: number
}

const restMsMin = 250
/** A list without anything due is read through again seldom enough to cost a twentieth of the time. */
const restPerSearchMs = 20

/** Whose turn it is among the open lists of a lane, by their weights, and where each goes on. */
export class ListRota {
  readonly #turns = new Map<string, ListTurn>()

  setGates(gates: readonly OpenGate[]): void {
    const open = new Set<string>(gates.map((gate) => gate.list_id))
    for (const id of this.#turns.keys()) if (!open.has(id)) this.#turns.delete(id)
    for (const { list_id, weight } of gates) {
      const known = this.#turns.get(list_id)
      if (known) known.weight = weight
      else this.#turns.set(list_id, { list_id, weight, credit: 0, after: '', restsUntilMs: 0 })
    }
  }

  /** null: no list is open, or all of them rest. */
  next(nowMs: number): { list_id: ListId; after: string } | null {
    const ready = [...this.#turns.values()].filter((turn) => turn.restsUntilMs <= nowMs)
    let chosen: ListTurn | null = null
    let weights = 0
    for (const turn of ready) {
      weights += turn.weight
      turn.credit += turn.weight
      if (chosen === null || turn.credit > chosen.credit) chosen = turn
    }
    if (chosen === null) return null
    chosen.credit -= weights
    return { list_id: chosen.list_id, after: chosen.after }
  }

  /**
   * After a claim of a list. One that gave less than asked for goes back to its front, for messages that were put off
   * and have become due; when the front gives nothing either, it rests.
   */
  claimed(
    listId: string,
    claim: { asked: number; got: number; lastId: string | null; tookMs: number },
    nowMs: number,
  ): void {
    const turn = this.#turns.get(listId)
    if (turn === undefined) return
    if (claim.got >= claim.asked && claim.lastId !== null) {
      turn.after = claim.lastId
      return
    }
    if (claim.got === 0 && turn.after === '') {
      turn.restsUntilMs = nowMs + Math.max(restMsMin, claim.tookMs * restPerSearchMs)
    }
    turn.after = ''
  }
}
