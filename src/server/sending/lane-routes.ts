import { z } from 'zod'
import { lane, type SendingLane } from '../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp } from '../platform/index.ts'
import { type LaneRow, selectLanes } from './queries-lanes.ts'

const overSeconds = 10

export function registerLaneRoutes(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/lanes',
    {
      config: { access: { role: 'admin', scope: 'manage' } },
      schema: {
        tags: ['Numbers'],
        summary: 'Who sends for each number just now, how fast, and what waits',
        response: { 200: z.object({ data: z.array(lane) }) },
      },
    },
    async (request) => {
      const rows = await selectLanes(ctx.db.worker, actorOf(request).workspaceId, {
        kind: 'sending',
        overSeconds,
      })
      return { data: rows.map(presentLane) }
    },
  )
}

function perSecond(count: number): number {
  return Math.round((count * 10) / overSeconds) / 10
}

function presentStop({ stop_reason: reason, stop_since, stop_until }: LaneRow): SendingLane['stop'] {
  if (reason === null || stop_since === null || stop_until === null) return null
  return { reason, since: stop_since.toISOString(), until: stop_until.toISOString() }
}

function presentLane(row: LaneRow): SendingLane {
  const { number_id, display_phone_number, verified_name, owner, epoch, pace_per_second } = row
  return {
    number_id,
    display_phone_number,
    verified_name,
    owner,
    epoch,
    held_since: row.held_since?.toISOString() ?? null,
    lease_until: row.lease_until?.toISOString() ?? null,
    rate_per_second: perSecond(row.sent_lately),
    inbound_per_second: perSecond(row.inbound_lately),
    pace_per_second,
    stop: presentStop(row),
    waiting: { replies: row.replies, api: row.api, lists: row.lists },
  }
}
