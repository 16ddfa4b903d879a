import { isJson } from '../json.ts'
import type { JournalRecord } from './records.ts'

const KEEP = '["keep",'

/** One line. Only what is kept whole has sets and maps in it, and looking for them would slow down the rest. */
export function encodeRecord(record: JournalRecord): string {
  const text = record[0] === 'keep' ? JSON.stringify(record, withSetsAndMaps) : JSON.stringify(record)
  // Some versions of Node end a line there too, and JSON leaves these two as they are.
  return text.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

export function decodeRecord(line: string): JournalRecord {
  return line.startsWith(KEEP) ? JSON.parse(line, intoSetsAndMaps) : JSON.parse(line)
}

function withSetsAndMaps(_key: string, value: unknown): unknown {
  if (value instanceof Set) return { $set: [...value] }
  return value instanceof Map ? { $map: [...value] } : value
}

function intoSetsAndMaps(_key: string, value: unknown): unknown {
  if (!isJson(value)) return value
  if (Array.isArray(value.$set)) return new Set(value.$set)
  // JSON knows null alone where a map had undefined.
  if (Array.isArray(value.$map)) return new Map(value.$map.map(([key, of]) => [key, of ?? undefined]))
  return value
}
