import type { Ctx } from '../platform/index.ts'
import { countUnrouted, resetUnrouted, selectUnrouted, type UnroutedRow } from './queries-unrouted.ts'
import { partitionCount } from './raw-webhook.ts'
import { wakeIntake } from './wake-intake.ts'

/** What the operator enters at Meta for the platform's own app, and what came there for nobody. */
export interface PlatformWebhook {
  app_id: string
  callback_url: string
  verify_token: string
  unrouted: number
}

const everyPartition = Array.from({ length: partitionCount }, (_, partition) => partition)
const stepSize = 2_000

/** The token that Meta must send when it asks whether the address is ours; null without a platform app. */
export function platformVerifyToken({ config, secrets }: Pick<Ctx, 'config' | 'secrets'>): string | null {
  const { metaApp } = config
  if (metaApp === null) return null
  // Follows from the hub's key when none was chosen, so there is nothing to store.
  return metaApp.verifyToken?.reveal() ?? secrets.mac(`verify token of app ${metaApp.appId}`)
}

/** Null without a platform app. */
export async function readPlatformWebhook(ctx: Ctx): Promise<PlatformWebhook | null> {
  const token = platformVerifyToken(ctx)
  if (ctx.config.metaApp === null || token === null) return null
  return {
    app_id: ctx.config.metaApp.appId,
    callback_url: `${ctx.config.publicUrl}/webhooks/meta`,
    verify_token: token,
    unrouted: await countUnrouted(ctx.db.worker),
  }
}

/** What is nobody's, newest first. */
export function listUnrouted(ctx: Ctx, limit: number): Promise<UnroutedRow[]> {
  return selectUnrouted(ctx.db.worker, limit)
}

/**
 * Has what is nobody's worked on anew: all of it, or only what tells of an account or a number that was connected since,
 * including what came to a connector while it was disconnected.
 * Returns how many webhooks that are.
 */
export async function replayUnrouted(ctx: Ctx, which: 'all' | 'connected'): Promise<number> {
  let total = 0
  let afterId: string | null = ''
  while (afterId !== null) {
    const step = await resetUnrouted(ctx.db.worker, { which, afterId, limit: stepSize })
    total += step.reset
    afterId = step.lastId
  }
  if (total > 0) wakeIntake(ctx.wake, everyPartition)
  return total
}
