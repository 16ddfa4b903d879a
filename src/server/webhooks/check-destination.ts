import { type Ctx, ParleyError } from '../platform/index.ts'

/** What the operator can open to endpoints. */
const openable = ['scheme_not_allowed', 'port_not_allowed', 'host_not_allowed', 'address_not_allowed']

/**
 * Refuses an address that deliveries could never go to, before it is saved; connecting checks it again each time. Answers
 * which network of the operator's list opened it, for the audit log.
 */
export async function checkDestination(ctx: Ctx, url: string): Promise<{ network?: string }> {
  const verdict = await ctx.egress.inspect(url)
  if (verdict.allowed) return verdict.network === undefined ? {} : { network: verdict.network }
  const message = openable.includes(verdict.reason)
    ? `${verdict.message} For a receiver inside your network or on Parley's own machine, have PARLEY_WEBHOOK_NETWORKS name it.`
    : verdict.message
  throw new ParleyError('destination_refused', message, {
    reason: verdict.reason,
    fields: [{ path: 'destination_url', message }],
  })
}
