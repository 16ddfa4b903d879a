/** Client for addresses that people typed: webhook endpoints, media links. */
export interface Egress {
  /** Never throws for what the other side, the address or the network does. */
  post(url: string, request: EgressRequest): Promise<EgressOutcome>
  /** The same rules without sending: for refusing an address when it is saved. Resolves names. */
  inspect(url: string): Promise<EgressVerdict>
  close(): Promise<void>
}

export interface EgressRequest {
  headers?: Record<string, string>
  body: string | Buffer
  /** For connect, headers and body together; 15 s by default and at most. */
  timeoutMs?: number
}

/** `network`: the one of the operator's list that opened the way, where one was needed. */
export type EgressVerdict =
  | { allowed: true; network?: string }
  | { allowed: false; reason: EgressRefusal; message: string }

export type EgressRefusal =
  | 'url_malformed'
  | 'scheme_not_allowed'
  | 'port_not_allowed'
  | 'credentials_in_url'
  | 'host_not_allowed'
  | 'address_not_allowed'
  | 'header_not_allowed'
  | 'name_not_found'

export type EgressOutcome =
  | EgressAnswer
  | { kind: 'refused'; reason: EgressRefusal; message: string; durationMs: number }
  | { kind: 'failed'; reason: EgressFailure; message: string; durationMs: number }

/** Any status, also 3xx: redirects are not followed. */
export interface EgressAnswer {
  kind: 'answered'
  status: number
  headers: Record<string, string>
  /** At most 64 KiB; `isBodyCut` says that there was more. */
  body: Buffer
  isBodyCut: boolean
  durationMs: number
}

export type EgressFailure = 'timeout' | 'dns' | 'connect' | 'tls' | 'protocol' | 'reset'
