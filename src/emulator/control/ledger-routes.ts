import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Emulator } from '../emulator.ts'
import type { LedgerEntry } from '../world/ledger.ts'
import { parsed } from './parsed.ts'
import { summarizeLedger } from './summarize-ledger.ts'

const LIMIT_MAX = 10_000

const ledgerQuery = z.strictObject({
  summary: z.string().optional(),
  phone_number_id: z.string().optional(),
  to: z.string().optional(),
  /** ISO 8601: only what was accepted later. */
  after: z.iso.datetime({ offset: true }).optional(),
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(100),
})

/** `GET /_control/ledger`: everything accepted, in order, or a summary of it. */
export function registerLedgerRoutes(http: FastifyInstance, emulator: Emulator): void {
  http.get('/_control/ledger', async (request) => {
    const query = parsed(ledgerQuery, request.query)
    const { world } = emulator
    if (query.summary === '1') {
      const refusals = Object.fromEntries(world.refusals)
      return { ...summarizeLedger(world.ledger), refusals }
    }
    return listEntries(emulator, query)
  })
}

function listEntries(emulator: Emulator, query: z.infer<typeof ledgerQuery>): unknown {
  const { ledger } = emulator.world
  const { recipients, times } = ledger
  const wantedTo = query.to === undefined ? undefined : Number(query.to.replace(/\D/g, ''))
  const afterMs = query.after === undefined ? 0 : Date.parse(query.after)
  const data: unknown[] = []
  let at = query.cursor ?? 0
  for (; at < ledger.size && data.length < query.limit; at += 1) {
    if (wantedTo !== undefined && recipients[at] !== wantedTo) continue
    if ((times[at] ?? 0) <= afterMs) continue
    const entry = ledger.entryAt(at)
    if (entry === undefined) continue
    if (query.phone_number_id !== undefined && entry.phoneNumberId !== query.phone_number_id) continue
    data.push(presentEntry(entry))
  }
  return { data, next_cursor: at < ledger.size ? String(at) : null, accepted: ledger.size }
}

function presentEntry(entry: LedgerEntry): Record<string, unknown> {
  return {
    sequence: entry.sequence,
    wamid: entry.wamid,
    phone_number_id: entry.phoneNumberId,
    to: entry.to,
    accepted_at: new Date(entry.acceptedMs).toISOString(),
    accepted_ms: entry.acceptedMs,
    type: entry.kind.type,
    template: entry.kind.templateName ?? null,
    language: entry.kind.templateLanguage ?? null,
    biz_opaque_callback_data: entry.opaque ?? null,
    state: entry.state,
    error_code: entry.errorCode ?? null,
    answered: entry.answered,
    body: entry.body ?? null,
  }
}
