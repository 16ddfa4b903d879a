import type { GupshupConnection } from '../connection.ts'
import { unreachable, unreadable } from '../meta/call-graph.ts'
import type { HttpAnswer } from '../meta/http-answer.ts'
import type { Pools } from '../meta/pools.ts'
import { parseJson, property } from '../meta/read-error.ts'
import { request } from '../meta/request.ts'
import type { ProviderAnswer } from '../provider-error.ts'
import { refusalIn } from './classify-answer.ts'

export interface GupshupCall {
  /** Below the address: `/wa/app/…`. */
  path: string
  query?: Record<string, string>
  /** Sent as a form; makes it a POST. */
  form?: Record<string, string>
  /** Partner routes live at an address of their own and take the key in another header. */
  isPartner?: boolean
}

const timeoutMs = 20_000
const bytesMax = 8 * 1024 * 1024

/** A management call: everything but sending and the bytes of media. */
export async function callGupshup(
  pools: Pools,
  connection: GupshupConnection,
  { path, query, form, isPartner = false }: GupshupCall,
): Promise<ProviderAnswer<unknown>> {
  const base = new URL(isPartner ? partnerUrl(connection) : connection.gupshup_url)
  const search = query ? `?${new URLSearchParams(query)}` : ''
  const headers = [isPartner ? 'authorization' : 'apikey', connection.api_key, 'accept', 'application/json']
  if (form) headers.push('content-type', 'application/x-www-form-urlencoded')
  const answer = await request(pools.get(base.origin, 'manage'), {
    method: form ? 'POST' : 'GET',
    path: `${base.pathname.replace(/\/$/, '')}${path}${search}`,
    headers,
    ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    timeoutMs,
    bytesMax,
  })
  return readAnswer(answer)
}

/** Gateways and the emulator answer for both hosts. */
function partnerUrl({ gupshup_url }: GupshupConnection): string {
  return gupshup_url.replace('//api.gupshup.io', '//partner.gupshup.io')
}

/** The Content-Type may say text/html: whatever is JSON is read as such. */
function readAnswer(answer: HttpAnswer): ProviderAnswer<unknown> {
  if (answer.kind === 'failed') return { ok: false, error: unreachable(answer.reason) }
  if (answer.isCut) return { ok: false, error: unreadable('The answer is too long.') }
  const { status, body } = answer
  if (status >= 500) return { ok: false, error: unreachable(`HTTP ${status}`) }
  const parsed = parseJson(body)
  const isRefused = status >= 400 || property(parsed, 'status') === 'error'
  if (isRefused) {
    const error = refusalIn(status, parsed)
    return { ok: false, error: error ?? unreadable(`HTTP ${status}`) }
  }
  if (status >= 300 || typeof parsed !== 'object' || parsed === null) {
    return { ok: false, error: unreadable(`HTTP ${status}`) }
  }
  return { ok: true, value: parsed }
}
