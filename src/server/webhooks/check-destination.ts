import { type Ctx, ParleyError } from '../platform/index.ts'

/** Refuses an address that deliveries could never go to, before it is saved; connecting checks it again each time. */
export async function checkDestination(ctx: Ctx, url: string): Promise<void> {
  const verdict = await ctx.egress.inspect(url)
  if (verdict.allowed) return
  throw new ParleyError('destination_refused', verdict.message, {
    reason: verdict.reason,
    fields: [{ path: 'destination_url', message: verdict.message }],
  })
}
