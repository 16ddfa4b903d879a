import { type DestinationStream, type LoggerOptions, pino } from 'pino'

export type { Logger } from 'pino'

export interface LogOptions {
  level: string
  destination?: DestinationStream
}

/**
 * JSON lines on stdout. Two nets against leaks: `Secret` values print as `[redacted]` by their type, and
 * every finished line passes through `redactText`, which catches what reached the log as plain text.
 */
export function createLog({ level, destination }: LogOptions) {
  const options: LoggerOptions = {
    level,
    base: null,
    messageKey: 'message',
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: secretPaths, censor: '[redacted]' },
    serializers: { err: describeThrown, error: describeThrown },
    hooks: { streamWrite: redactText },
  }
  return pino(options, destination ?? openLogFile(process.stdout.fd))
}

/** What waits while nothing can be written; beyond it lines are lost, and the hub goes on. */
const waitingBytesMax = 8 * 1024 * 1024

/** A full disk or a reader that went away must not end the hub: nothing it promised depends on its log. */
export function openLogFile(dest: number | string): DestinationStream {
  const file = pino.destination({ dest, sync: true, maxLength: waitingBytesMax })
  file.on('error', () => undefined)
  return file
}

/** What helps to find the fault. Other properties stay out: drivers hang whole connections on their errors. */
function describeThrown(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown
  const code = 'code' in thrown && typeof thrown.code === 'string' ? { code: thrown.code } : {}
  const cause = thrown.cause === undefined ? {} : { cause: describeThrown(thrown.cause) }
  return { type: thrown.name, message: thrown.message, ...code, stack: thrown.stack, ...cause }
}

const secretNames = [
  'authorization',
  'cookie',
  'access_token',
  'app_secret',
  'api_key',
  'password',
  'secret',
  'token',
]
const secretPaths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

const secretPatterns: [RegExp, string][] = [
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [redacted]'],
  // Meta's access tokens begin with EAA.
  [/\bEAA[A-Za-z0-9]{16,}/g, '[redacted]'],
  // "Malformed access token …": Meta repeats what it was given, whatever that is.
  [/\b(access token:?\s+)(?=[^\s"']*\d)[^\s"']{8,}/gi, '$1[redacted]'],
  [/\bwhsec_[A-Za-z0-9+/=_-]{8,}/g, '[redacted]'],
  [/\bpk_live_[A-Za-z0-9_-]{8,}/g, '[redacted]'],
  [/\bparley_[a-z]*_?[A-Za-z0-9_-]{24,}/g, '[redacted]'],
  [/\b(postgres(?:ql)?|rediss?):\/\/([^:@/\s"]+):[^@\s"]+@/g, '$1://$2:[redacted]@'],
]

/** Digits of ids, times and decimals have a letter, dot, dash or underscore beside them; bare JSON numbers are left
 * alone, since a mask would make the line unreadable for machines. */
const wholePhone = /(?<![A-Za-z0-9_.[,-]|":)\+?[1-9]\d{9,14}(?![A-Za-z0-9_-]|\.\d)/g

/** Replaces what looks like a token, in words of others too, which are kept and shown. */
export function redactSecrets(text: string): string {
  return secretPatterns.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text)
}

/** Replaces what looks like a token or a whole phone number; keeps the first three and last two digits of a number. */
export function redactText(line: string): string {
  return redactSecrets(line).replace(wholePhone, maskPhone)
}

function maskPhone(digits: string): string {
  return `${digits.slice(0, 3)}…${digits.slice(-2)}`
}
