import type { Selectable } from 'kysely'
import type { Actor, Config, Database } from '../platform/index.ts'

export type ConnectorRow = Selectable<Database['connectors']>
export type NumberRow = Selectable<Database['numbers']>

/**
 * The one path of a manual connector's webhooks; the key is what makes it unguessable. Gupshup's needs a secret behind
 * it, which only those who set connectors up may see.
 */
export function webhookUrl(
  { publicUrl }: Pick<Config, 'publicUrl'>,
  row: Pick<ConnectorRow, 'key' | 'provider'>,
): string {
  return `${publicUrl}/webhooks/${row.provider === 'gupshup' ? 'gupshup' : 'meta'}/${row.key}`
}

/** The emulator listens on loopback of the hub's own machine only. */
export function sandboxUrl({ sandboxUrl, sandboxPort }: Pick<Config, 'sandboxUrl' | 'sandboxPort'>): string {
  return sandboxUrl ?? `http://127.0.0.1:${sandboxPort}`
}

/**
 * Messages per second that the provider allows: 80, or 1,000 after its upgrade, or 20 where the number is also
 * used in the WhatsApp Business app. https://developers.facebook.com/docs/whatsapp/cloud-api/overview#throughput,
 * read 2026-11-21.
 */
export function paceLimitPerSecond(reading: { throughput: string; is_on_business_app: boolean }): number {
  if (reading.is_on_business_app) return 20
  return reading.throughput === 'HIGH' ? 1000 : 80
}

/** Whether this actor may see what only those who set connectors up need, such as the verify token. */
export function mayManage(actor: Actor): boolean {
  if (actor.kind === 'api_key') return actor.scopes.includes('manage')
  return actor.role === 'owner' || actor.role === 'admin'
}
