import type { ProviderError } from './provider-error.ts'

/**
 * What became of one attempt to send.
 * - `accepted`: the provider has it. `held`: it waits for the provider's quality assessment.
 * - `later`: definitely not sent; the same message may go later.
 * - `refused`: definitely not sent, and won't be unless something changes. Without a status: never asked, for want of a form.
 * - `unknown`: it may have been sent; only a status webhook can tell. Never retried blindly.
 * - `unsent`: no byte left this machine.
 */
export type SendOutcome =
  | { kind: 'accepted'; external_id: string; held: boolean; wa_id: string | null; http_status: number }
  | { kind: 'later'; error: ProviderError; retry_after_ms: number | null; http_status: number }
  | { kind: 'refused'; error: ProviderError; http_status: number | null }
  | { kind: 'unknown'; reason: string; http_status: number | null }
  | { kind: 'unsent'; reason: string }
