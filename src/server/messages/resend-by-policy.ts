import type { Ctx } from '../platform/index.ts'
import { type ResendRules, type ResentRow, requeueByPolicy } from './queries-resend-policy.ts'
import { tellLive } from './tell-live.ts'

const rules: ResendRules = {
  waitMs: 600_000,
  giveUpMs: 3_600_000,
  aroundMs: 120_000,
  witnessesMin: 20,
  toldShareMin: 0.95,
}
const batchSize = 500

/** One look over all workspaces; each message that goes again is written down, counted and shown. */
export async function resendByPolicy(ctx: Ctx): Promise<ResentRow[]> {
  const resent = await requeueByPolicy(ctx.db.worker, rules, batchSize)
  for (const { workspace_id, id, list_id } of resent) {
    tellLive(ctx.live, workspace_id, [{ message_id: id, list_id }])
  }
  if (resent.length > 0) ctx.log.info({ messages: resent.length }, 'unknown outcomes sent again by policy')
  return resent
}
