import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { deleteSession } from './queries-sessions.ts'

/** Signs one of the person's browsers out. Throws not_found, also for somebody else's session. */
export async function endSession(ctx: Ctx, actor: Actor, sessionId: string): Promise<void> {
  if (!(await deleteSession(ctx.db.worker, actor.id, sessionId))) {
    throw new ParleyError('not_found', 'There is no such session.')
  }
}
