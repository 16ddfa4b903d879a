import type { EgressFailure } from './egress.ts'

const failuresByCode: Record<string, [EgressFailure, string]> = {
  UND_ERR_CONNECT_TIMEOUT: ['connect', 'The connection was not accepted in time.'],
  UND_ERR_HEADERS_TIMEOUT: ['timeout', 'No answer in time.'],
  UND_ERR_BODY_TIMEOUT: ['timeout', 'The answer stopped in the middle.'],
  ETIMEDOUT: ['connect', 'The connection was not accepted in time.'],
  ECONNREFUSED: ['connect', 'The connection was refused.'],
  EHOSTUNREACH: ['connect', 'The host can not be reached.'],
  ENETUNREACH: ['connect', 'The network can not be reached.'],
  EADDRNOTAVAIL: ['connect', 'The host can not be reached.'],
  ECONNRESET: ['reset', 'The connection was closed before the answer was complete.'],
  EPIPE: ['reset', 'The connection was closed before the answer was complete.'],
  UND_ERR_SOCKET: ['reset', 'The connection was closed before the answer was complete.'],
  UND_ERR_HEADERS_OVERFLOW: ['protocol', 'The headers of the answer are too large.'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['protocol', 'The answer is longer or shorter than it says.'],
}

/** A sentence for the owner of the address, without anything the other side could have put into it. */
export function failureOf(error: unknown): { reason: EgressFailure; message: string } {
  if (!(error instanceof Error)) return { reason: 'reset', message: 'The request failed.' }
  if (error.name === 'DeadlinePassed') return { reason: 'timeout', message: error.message }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const known = failuresByCode[code]
  if (known) return { reason: known[0], message: known[1] }
  if (isTlsCode(code))
    return { reason: 'tls', message: `The certificate or TLS of the host is not valid (${code}).` }
  if (error.name === 'HTTPParserError')
    return { reason: 'protocol', message: 'The answer is not valid HTTP.' }
  return { reason: 'reset', message: code ? `The request failed (${code}).` : 'The request failed.' }
}

function isTlsCode(code: string): boolean {
  return /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|HOSTNAME_MISMATCH)/.test(code)
}
