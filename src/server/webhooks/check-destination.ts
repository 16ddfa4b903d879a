import { type Ctx, ParleyError } from '../platform/index.ts'

/**
 * Refuses an address that deliveries could never go to, before it is saved; connecting checks it again each time. Answers
 * which network of the operator's list opened it, for the audit log.
 */
export async function checkDestination(ctx: Ctx, url: string): Promise<{ network?: string }> {
  const verdict = await ctx.egress.inspect(url)
  if (verdict.allowed) return verdict.network === undefined ? {} : { network: verdict.network }
  throw new ParleyError('destination_refused', verdict.message, {
    reason: verdict.reason,
    fields: [{ path: 'destination_url', message: verdict.message }],
  })
}
