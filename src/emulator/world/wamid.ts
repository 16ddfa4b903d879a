import { randomBytes } from 'node:crypto'

const OUTBOUND_MARK = '\x15\x02\x00\x11\x18\x12'
const INBOUND_MARK = '\x15\x02\x00\x12\x18\x14'
const RUN_LENGTH = 8
const OUTBOUND_ID_LENGTH = 18
const INBOUND_ID_LENGTH = 20

/**
 * Message ids in the form Meta uses: base64 over the phone and a hexadecimal id. The id holds this run and a
 * sequence number, so a million accepted messages need no index from wamid to ledger entry.
 */
export class WamidPress {
  #run = randomBytes(RUN_LENGTH / 2)
    .toString('hex')
    .toUpperCase()
  #inboundCount = 0

  get run(): string {
    return this.#run
  }

  get inboundCount(): number {
    return this.#inboundCount
  }

  /** Goes on with the ids of an earlier process. */
  goOn(run: string, inboundCount: number): void {
    this.#run = run
    this.#inboundCount = inboundCount
  }

  outbound(phone: string, sequence: number): string {
    return this.#press(phone, OUTBOUND_MARK, sequence, OUTBOUND_ID_LENGTH)
  }

  inbound(phone: string): string {
    this.#inboundCount += 1
    return this.#press(phone, INBOUND_MARK, this.#inboundCount, INBOUND_ID_LENGTH)
  }

  /** The ledger's sequence number in an outbound wamid of this run. */
  sequenceOf(wamid: string): number | undefined {
    if (!wamid.startsWith('wamid.')) return undefined
    const text = Buffer.from(wamid.slice(6), 'base64').toString('latin1')
    const mark = text.indexOf(OUTBOUND_MARK)
    if (mark < 0) return undefined
    const id = text.slice(mark + OUTBOUND_MARK.length, mark + OUTBOUND_MARK.length + OUTBOUND_ID_LENGTH)
    if (!id.startsWith(this.#run)) return undefined
    const sequence = Number.parseInt(id.slice(RUN_LENGTH), 16)
    return Number.isNaN(sequence) ? undefined : sequence
  }

  #press(phone: string, mark: string, sequence: number, idLength: number): string {
    const id =
      this.#run +
      sequence
        .toString(16)
        .toUpperCase()
        .padStart(idLength - RUN_LENGTH, '0')
    const text = `\x1c\x18${String.fromCharCode(phone.length)}${phone}${mark}${id}\x00`
    return `wamid.${Buffer.from(text, 'latin1').toString('base64')}`
  }
}
