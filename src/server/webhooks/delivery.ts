import type { EgressOutcome } from '../platform/index.ts'

/** What became of one attempt, as it is kept and decided upon. */
export interface AttemptResult {
  delivered: boolean
  /** The receiver says that this address is gone for good. */
  gone: boolean
  httpStatus: number | null
  latencyMs: number
  errorKind: ErrorKind | null
  error: string | null
  retryAfter: string | undefined
  responseHeaders: Record<string, string>
  responseBody: string | null
}

export type ErrorKind =
  | 'refused'
  | 'dns'
  | 'connect'
  | 'tls'
  | 'timeout'
  | 'reset'
  | 'protocol'
  | 'http'
  | 'redirect'
  | 'gone'
  | 'no_form'

const bodyKeptMax = 8192
const headersKept = new Set([
  'content-type',
  'content-length',
  'retry-after',
  'server',
  'date',
  'location',
  'x-request-id',
])

/** Only 2xx is success. A redirect is a failure: following it could lead inside the network. */
export function readOutcome(outcome: EgressOutcome): AttemptResult {
  if (outcome.kind === 'refused') {
    return failure(
      outcome.reason === 'name_not_found' ? 'dns' : 'refused',
      outcome.message,
      outcome.durationMs,
    )
  }
  if (outcome.kind === 'failed') return failure(outcome.reason, outcome.message, outcome.durationMs)
  const { status } = outcome
  const errorKind = errorKindOfStatus(status)
  return {
    delivered: errorKind === null,
    gone: errorKind === 'gone',
    httpStatus: status,
    latencyMs: Math.round(outcome.durationMs),
    errorKind,
    error: errorKind === null ? null : `The receiver answered ${status}.`,
    retryAfter: status === 429 || status === 503 ? outcome.headers['retry-after'] : undefined,
    responseHeaders: Object.fromEntries(
      Object.entries(outcome.headers).filter(([name]) => headersKept.has(name)),
    ),
    responseBody: textForStorage(outcome.body.subarray(0, bodyKeptMax)),
  }
}

function errorKindOfStatus(status: number): ErrorKind | null {
  if (status >= 200 && status < 300) return null
  // 304 leads nowhere else.
  if (status >= 300 && status < 400 && status !== 304) return 'redirect'
  return status === 410 ? 'gone' : 'http'
}

function failure(errorKind: ErrorKind, error: string, durationMs: number): AttemptResult {
  return {
    delivered: false,
    gone: false,
    httpStatus: null,
    latencyMs: Math.round(durationMs),
    errorKind,
    error,
    retryAfter: undefined,
    responseHeaders: {},
    responseBody: null,
  }
}

/** PostgreSQL refuses U+0000 in text; other bytes that are no UTF-8 become U+FFFD. */
function textForStorage(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll('\u0000', '\uFFFD')
}

const adviceByKind: Record<ErrorKind, string> = {
  refused:
    'Use a public https address. For a receiver inside your network, let PARLEY_WEBHOOK_NETWORKS name it.',
  dns: 'The name was not found. Check the spelling of the address and that its DNS record is public.',
  connect:
    'Nothing answered at that address and port. Check that the receiver runs and that its firewall lets Parley in.',
  tls: 'The certificate was not accepted. Install one from a public authority, with its whole chain, that has not expired.',
  timeout: 'The receiver took longer than 15 seconds. Answer 200 first and do the work afterwards.',
  reset:
    'The receiver closed the connection before it answered. Look for a crash or a proxy limit in its logs.',
  protocol: 'The answer was not valid HTTP. Check that the address is that of a web server.',
  http: 'Look at the answer, which stands in the delivery, and into the logs of the receiver. Parley tries again by itself.',
  redirect: 'Redirects are not followed. Enter the address that the redirect leads to.',
  no_form:
    'Nothing was sent: the format of the endpoint has no word for this event, or the webhook it came with is not kept any more.',
  gone: 'The receiver answered 410 Gone, so the endpoint was disabled. Enable it again when it is back.',
}

/** What a failure means and how to mend it, for the delivery log. */
export function adviceFor(kind: string): string {
  return kind in adviceByKind ? adviceByKind[kind as ErrorKind] : adviceByKind.http
}
