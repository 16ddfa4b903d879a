import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Endpoint, Replay } from '../../contract/index.ts'
import { formatNumber } from '../platform/format/number.ts'
import { useNow } from '../platform/format/use-now.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { WorkNote } from '../platform/page/work-note.tsx'
import { useCan } from '../workspaces/me.ts'
import { isUnderWay, useCancelReplay, useNewestReplay } from './replays.ts'

/** An ended one stands there this long, so that somebody sees what came of it. */
const shownAfterEndMs = 10 * 60_000

/** How far the newest replay to an endpoint is; nothing when there was none lately. */
export function ReplayNote({ endpoint }: { endpoint: Endpoint }) {
  const { data: replay } = useNewestReplay(endpoint.id)
  const now = useNow(30_000)
  if (!replay) return null
  const isOld = replay.ended_at !== null && now - Date.parse(replay.ended_at) > shownAfterEndMs
  return isOld && !isUnderWay(replay) ? null : <Progress replay={replay} />
}

function Progress({ replay }: { replay: Replay }) {
  const { t } = useTranslation('webhooks')
  const cancel = useCancelReplay(replay)
  const mayManage = useCan('admin')
  const { state, queued, deliveries, progress } = replay
  const isGoingOn = isUnderWay(replay)
  return (
    <>
      {cancel.error && <ErrorNote error={cancel.error} />}
      <WorkNote
        title={t(isGoingOn ? 'replay.states.running' : `replay.states.${state}`)}
        progress={isGoingOn ? shareOf(progress, deliveries.pending, queued) : null}
        facts={
          state === 'finished' && queued === 0
            ? t('replay.none')
            : t('replay.facts', {
                queued: formatNumber(queued),
                delivered: formatNumber(deliveries.delivered),
                failed: formatNumber(deliveries.failed),
                pending: formatNumber(deliveries.pending),
              })
        }
        action={
          isGoingOn &&
          mayManage && (
            <Button
              variant="default"
              size="compact-sm"
              loading={cancel.isPending}
              onClick={() => cancel.mutate()}
            >
              {t('replay.cancel')}
            </Button>
          )
        }
      />
    </>
  )
}

/** Looking through the span is half of the work, delivering what was found the other. */
function shareOf(looked: number, pending: number, queued: number): number {
  return looked / 2 + (queued === 0 ? looked : 1 - pending / queued) / 2
}
