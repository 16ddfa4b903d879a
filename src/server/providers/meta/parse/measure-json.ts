export const nodesMax = 200_000

export type MeasuredJson = { ok: true; text: string } | { ok: false; reason: string }

/**
 * Looks over JSON text before it is parsed, for how much of it there is. Numbers that a double can't hold (20-digit ids,
 * 1e999) are put in quotes, so that ids stay as they came. Whether the text is JSON at all is left to JSON.parse.
 */
export function measureJson(text: string): MeasuredJson {
  let nodes = 1
  let copiedTo = 0
  let quoted = ''
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) {
      at = endOfString(text, at)
    } else if (code === openBrace || code === openBracket || code === comma) {
      if (++nodes > nodesMax) return { ok: false, reason: `The JSON has more than ${nodesMax} values.` }
    } else if (code === minus || isDigit(code)) {
      const end = endOfNumber(text, at)
      if (isTooMuchForDouble(text.slice(at, end))) {
        quoted += `${text.slice(copiedTo, at)}"${text.slice(at, end)}"`
        copiedTo = end
      }
      at = end - 1
    }
  }
  return { ok: true, text: copiedTo === 0 ? text : quoted + text.slice(copiedTo) }
}

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const minus = 0x2d
const openBrace = 0x7b
const openBracket = 0x5b

/** Position of the closing quote, or the last position when there is none. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0
  while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++
  return slashes % 2 === 1
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1
  while (end < text.length && isPartOfNumber(text.charCodeAt(end))) end++
  return end
}

function isPartOfNumber(code: number): boolean {
  // Digits, + - . and e E.
  return isDigit(code) || code === 0x2b || code === minus || code === 0x2e || code === 0x65 || code === 0x45
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function isTooMuchForDouble(literal: string): boolean {
  if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(literal)) return false
  const value = Number(literal)
  if (!Number.isFinite(value)) return true
  return /^-?\d+$/.test(literal) && !Number.isSafeInteger(value)
}
