import { appendFileSync, closeSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { World } from '../world/world.ts'
import { encodeRecord } from './encode-record.ts'
import type { Debt, JournalRecord } from './records.ts'
import { keyOf, registerOf } from './register.ts'

/**
 * What must outlive the process, line by line. All that is noted until the event loop has turned is written at once, so
 * that thousands of acceptances a second cost a few writes. It survives the death of the process, not that of the machine.
 */
export class Journal {
  readonly #world: World
  readonly #mediaDirectory: string
  readonly #onFailure: (error: unknown) => void
  #file: number | undefined
  #lines: string[] = []
  #told: number[] = []
  #waiting: (() => void)[] = []
  #isWriteDue = false
  #hasRegisterChanged = false
  /** What the file says of each thing in the register. */
  readonly #register = new Map<string, string>()
  #nextDebt: number

  constructor(options: {
    world: World
    file: number
    directory: string
    nextDebt: number
    onFailure: (error: unknown) => void
  }) {
    this.#world = options.world
    this.#file = options.file
    this.#mediaDirectory = mediaDirectoryIn(options.directory)
    this.#nextDebt = options.nextDebt
    this.#onFailure = options.onFailure
    for (const kept of registerOf(this.#world)) this.#register.set(keyOf(kept), encodeRecord(['keep', kept]))
  }

  note(record: JournalRecord): void {
    this.#lines.push(encodeRecord(record))
    this.#writeSoon()
  }

  /** Something of the register may be different now. */
  touch(): void {
    this.#hasRegisterChanged = true
    this.#writeSoon()
  }

  /** Calls back once everything up to now is written. */
  afterWrite(act: () => void): void {
    if (this.#isWriteDue) this.#waiting.push(act)
    else act()
  }

  /** Notes what a hub has to hear of; call the answer when it did. */
  owe(debt: Debt): () => void {
    const id = this.#nextDebt
    this.#nextDebt += 1
    this.note(['owed', id, debt])
    return () => this.note(['heard', id])
  }

  /** A planned status was heard. */
  told(sequence: number, position: number): void {
    this.#told.push(sequence, position)
    this.#writeSoon()
  }

  close(): void {
    this.#write()
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }

  #writeSoon(): void {
    if (this.#isWriteDue) return
    this.#isWriteDue = true
    setImmediate(() => this.#write())
  }

  #write(): void {
    this.#isWriteDue = false
    if (this.#hasRegisterChanged) this.#noteRegister()
    this.#hasRegisterChanged = false
    if (this.#told.length > 0) this.#lines.push(encodeRecord(['told', this.#told]))
    this.#told = []
    this.#append(this.#lines.splice(0))
    for (const act of this.#waiting.splice(0)) act()
  }

  /** A disk that is full ends the memory, not the hub that this may be part of. */
  #append(lines: readonly string[]): void {
    if (this.#file === undefined || lines.length === 0) return
    try {
      appendFileSync(this.#file, `${lines.join('\n')}\n`)
    } catch (error) {
      this.#file = undefined
      this.#onFailure(error)
    }
  }

  /** Compares everything, so that no change anywhere can be forgotten; requests that change something are rare. */
  #noteRegister(): void {
    const gone = new Set(this.#register.keys())
    for (const kept of registerOf(this.#world)) {
      const key = keyOf(kept)
      const line = encodeRecord(['keep', kept])
      gone.delete(key)
      if (this.#register.get(key) === line) continue
      if (kept.kind === 'media') this.#storeBytes(kept.id)
      this.#register.set(key, line)
      this.#lines.push(line)
    }
    for (const key of gone) this.#drop(key)
  }

  #drop(key: string): void {
    this.#register.delete(key)
    this.#lines.push(encodeRecord(['drop', key]))
    const [kind, id] = key.split(' ')
    if (kind === 'media' && id !== undefined) rmSync(join(this.#mediaDirectory, id), { force: true })
  }

  #storeBytes(id: string): void {
    const media = this.#world.media.find(id, 0)
    if (media === undefined) return
    try {
      writeFileSync(join(this.#mediaDirectory, id), media.bytes)
    } catch (error) {
      this.#onFailure(error)
    }
  }
}

export function mediaDirectoryIn(directory: string): string {
  return join(directory, 'media')
}
