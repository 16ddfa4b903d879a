import type { Json, JsonObject } from '../../fact.ts'

// Readers for JSON of which nothing is certain. Each gives null (or an empty list) for what isn't there.

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectIn(from: JsonObject, key: string): JsonObject | null {
  const value = from[key]
  return isObject(value) ? value : null
}

export function listIn(from: JsonObject, key: string): Json[] {
  const value = from[key]
  return Array.isArray(value) ? value : []
}

/** A text that says something. */
export function textIn(from: JsonObject | null, key: string): string | null {
  const value = from?.[key]
  return typeof value === 'string' && value !== '' ? value : null
}

const idLengthMax = 512

/** An id; Meta writes some as numbers. What is longer than any id is none. */
export function idIn(from: JsonObject | null, key: string): string | null {
  const value = from?.[key]
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null
  return typeof value === 'string' && value !== '' && value.length <= idLengthMax ? value : null
}

export function booleanIn(from: JsonObject | null, key: string): boolean | null {
  const value = from?.[key]
  return typeof value === 'boolean' ? value : null
}

/** Digits of a phone number or WhatsApp id; null for user ids, group ids and nonsense. */
export function phoneIn(from: JsonObject | null, key: string): string | null {
  const digits = idIn(from, key)?.replace(/^\+/, '') ?? ''
  return /^[1-9]\d{6,14}$/.test(digits) ? digits : null
}

const secondsMin = Date.UTC(2009, 0) / 1000
const secondsMax = Date.UTC(2100, 0) / 1000
const millisecondsFrom = 1e11

export type ReadTime = { at: Date | null; isWrong: boolean }

/** Epoch seconds as text or number; milliseconds where they must be ones. Before WhatsApp or after 2100: wrong. */
export function timeIn(from: JsonObject, key: string): ReadTime {
  const value = from[key]
  if (value === undefined || value === null) return { at: null, isWrong: false }
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  if (typeof number !== 'number') return { at: null, isWrong: true }
  const seconds = number > millisecondsFrom ? number / 1000 : number
  const isPlausible = seconds >= secondsMin && seconds < secondsMax
  return isPlausible
    ? { at: new Date(Math.round(seconds * 1000)), isWrong: false }
    : { at: null, isWrong: true }
}
