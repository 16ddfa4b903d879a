import { startProcess } from './processes.ts'

export interface NumberSummary {
  phone_number_id: string
  accepted: number
  worst_second: number
  first_at: string | null
  last_at: string | null
}

interface LedgerSummary {
  accepted: number
  repeated_opaque_count: number
  repeated_recipient_count: number
  by_number: NumberSummary[]
}

/** The pretend Meta as a process of its own, told to send no statuses: only the way out is measured. */
export async function startEmulatorProcess() {
  const { firstLine, stop } = await startProcess(['src/emulator/serve.ts'], {})
  const { url, port }: { url: string; port: number } = JSON.parse(firstLine)
  const control = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const init =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await fetch(`${url}/_control${path}`, { method, ...init })
    if (!response.ok) throw new Error(`The emulator answers ${response.status}: ${await response.text()}`)
    return JSON.parse((await response.text()) || 'null')
  }
  await control('PATCH', '/settings', { statuses: 'none', bodies_kept: 0, magic_recipients: false })
  return {
    url,
    port,
    stop,
    /** null: no limit. */
    setThroughput: (phoneNumberId: string, perSecond: number | null) =>
      control('PATCH', `/numbers/${phoneNumberId}`, { throughput: perSecond }),
    ledger: () => control<LedgerSummary>('GET', '/ledger?summary=1'),
    /** For sending beside the hub, as the ceiling does. */
    createAccount: () =>
      control<{ access_token: string; waba_id: string; numbers: { phone_number_id: string }[] }>(
        'POST',
        '/accounts',
        {
          throughput: null,
          messaging_limit: 'TIER_UNLIMITED',
        },
      ),
  }
}

export type EmulatorProcess = Awaited<ReturnType<typeof startEmulatorProcess>>
