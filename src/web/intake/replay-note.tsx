import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { InboundReplay } from '../../contract/index.ts'
import { formatNumber } from '../platform/format/number.ts'
import { useNow } from '../platform/format/use-now.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { WorkNote } from '../platform/page/work-note.tsx'
import { isUnderWay, useCancelReplay, useNewestReplay } from './inbound-replays.ts'

/** An ended one stands there this long, so that somebody sees what came of it. */
const shownAfterEndMs = 10 * 60_000

/** How far the newest replay is; nothing when there was none lately. */
export function ReplayNote() {
  const { data: replay } = useNewestReplay()
  const now = useNow(30_000)
  if (!replay) return null
  const isOld = replay.ended_at !== null && now - Date.parse(replay.ended_at) > shownAfterEndMs
  return isOld && !isUnderWay(replay) ? null : <Progress replay={replay} />
}

function Progress({ replay }: { replay: InboundReplay }) {
  const { t } = useTranslation('intake')
  const cancel = useCancelReplay(replay)
  const { state, replayed, waiting, progress } = replay
  const isGoingOn = isUnderWay(replay)
  return (
    <>
      {cancel.error && <ErrorNote error={cancel.error} />}
      <WorkNote
        title={t(isGoingOn ? 'replaySpan.states.running' : `replaySpan.states.${state}`)}
        progress={isGoingOn ? progress : null}
        facts={[
          t('replaySpan.facts', { count: replayed, n: formatNumber(replayed) }),
          waiting > 0 && t('replaySpan.waiting', { count: waiting, n: formatNumber(waiting) }),
        ]
          .filter(Boolean)
          .join(' ')}
        action={
          state === 'running' && (
            <Button
              variant="default"
              size="compact-sm"
              loading={cancel.isPending}
              onClick={() => cancel.mutate()}
            >
              {t('replaySpan.cancel')}
            </Button>
          )
        }
      />
    </>
  )
}
