import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { nowMs } from '../world/clock.ts'
import type { World } from '../world/world.ts'
import { encodeRecord } from './encode-record.ts'
import { Journal, mediaDirectoryIn } from './journal.ts'
import { journalFileIn, type Owed, recall } from './recall.ts'
import { type AcceptedRecord, JOURNAL_FORM, type JournalRecord } from './records.ts'
import { registerOf } from './register.ts'

export interface JournalOptions {
  directory: string
  /** The newest so many messages are remembered at a start; all when absent. */
  messagesMax?: number | undefined
  onFailure: (error: unknown) => void
}

const CHUNK_LENGTH = 1 << 20

/**
 * Fills the world with what the journal in the directory says, and starts it anew with that. Whoever starts later on the
 * same directory has a file of its own, so that two processes never write into one.
 */
export async function openJournal(
  world: World,
  { directory, messagesMax, onFailure }: JournalOptions,
): Promise<{ journal: Journal; owed: Owed }> {
  mkdirSync(mediaDirectoryIn(directory), { recursive: true, mode: 0o700 })
  const owed = await recall(world, directory)
  if (messagesMax !== undefined) forgetOldest(world, owed, messagesMax)
  for (const media of [...world.media.all()]) if (media.expiresMs < nowMs()) world.media.remove(media.id)
  const file = rewrite(world, owed, journalFileIn(directory))
  removeStrayMedia(world, directory)
  const nextDebt = Math.max(0, ...owed.debts.keys()) + 1
  return { journal: new Journal({ world, file, directory, nextDebt, onFailure }), owed }
}

function forgetOldest({ ledger }: World, owed: Owed, messagesMax: number): void {
  ledger.keepNewest(messagesMax)
  for (const sequence of owed.plans.keys()) if (sequence < ledger.firstSequence) owed.plans.delete(sequence)
}

/** Answers the open file, which takes the old one's place only when it is whole. */
function rewrite(world: World, owed: Owed, path: string): number {
  const fresh = `${path}.${process.pid}`
  const file = openSync(fresh, 'w', 0o600)
  try {
    let chunk = ''
    for (const record of recordsOf(world, owed)) {
      chunk += `${encodeRecord(record)}\n`
      if (chunk.length < CHUNK_LENGTH) continue
      writeAll(file, chunk)
      chunk = ''
    }
    writeAll(file, chunk)
    renameSync(fresh, path)
    return file
  } catch (error) {
    closeSync(file)
    rmSync(fresh, { force: true })
    throw error
  }
}

function writeAll(file: number, text: string): void {
  let bytes = Buffer.from(text)
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(file, bytes))
}

function* recordsOf(world: World, owed: Owed): Generator<JournalRecord> {
  const { ledger, customers, refusals } = world
  const { run, inboundCount } = ledger.wamids
  yield ['begin', { form: JOURNAL_FORM, run, inboundCount, nextSequence: ledger.firstSequence }]
  for (const kept of registerOf(world)) yield ['keep', kept]
  for (let at = 0; at < ledger.size; at += 1) yield* recordsOfMessage(world, owed, at)
  for (const message of customers.allInbound()) yield ['inbound', inboundCount, message]
  for (const [id, debt] of owed.debts) yield ['owed', id, debt]
  for (const [code, times] of refusals) yield ['refused', code, times]
}

function* recordsOfMessage({ ledger }: World, owed: Owed, at: number): Generator<JournalRecord> {
  const entry = ledger.entryAt(at)
  if (entry === undefined) return
  const { sequence, acceptedMs, to, kind, opaque, hadOpenWindow, body, state, errorCode, answered } = entry
  const plan = owed.plans.get(sequence) ?? []
  const numberIndex = ledger.numberIndexes[at] ?? 0
  const accepted: AcceptedRecord = [
    'accepted',
    sequence,
    acceptedMs,
    numberIndex,
    to,
    kind,
    opaque ?? null,
    hadOpenWindow,
    plan,
    body ?? null,
  ]
  yield accepted
  if (state !== 'accepted') yield ['state', sequence, state, errorCode ?? null]
  if (answered !== 'answered') yield ['answered', sequence, answered]
}

/** Files whose line was never written, or that have expired. */
function removeStrayMedia(world: World, directory: string): void {
  const known = new Set([...world.media.all()].map(({ id }) => id))
  for (const name of readdirSync(mediaDirectoryIn(directory)))
    if (!known.has(name)) rmSync(join(mediaDirectoryIn(directory), name), { force: true })
}
