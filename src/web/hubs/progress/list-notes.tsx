import { Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAlertTriangle, IconClock, IconHelpCircle, IconHourglass } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { timeAhead } from '../../platform/format/time.ts'
import { LinkButton } from '../../platform/page/link-button.tsx'
import { Note } from '../../platform/page/note.tsx'
import { usePauseWords } from '../list-words.ts'
import { CancelModal } from './cancel-modal.tsx'
import classes from './list-page.module.css'
import { useListAct } from './use-list-act.ts'

/** What somebody has to know or decide about the list, each with the way there. */
export function ListNotes({ list }: { list: List }) {
  const isStopped = list.state === 'paused' && list.pause_reason !== 'person'
  const waitsForLimit = list.state === 'running' && list.waiting_for?.reason === 'daily_limit'
  return (
    <div className={classes.notes}>
      {isStopped && list.pause_reason === 'missed_start' && <MissedStart list={list} />}
      {isStopped && list.pause_reason !== 'missed_start' && <Stopped list={list} />}
      {waitsForLimit && <WaitsForLimit list={list} />}
      {list.held_for_quality_assessment > 0 && <Held count={list.held_for_quality_assessment} />}
      {list.counts.unknown > 0 && <Unsettled list={list} />}
    </div>
  )
}

/** A start that nobody saw to is a question, not a start. */
function MissedStart({ list }: { list: List }) {
  const { t } = useTranslation('hubs')
  const pauseWords = usePauseWords()
  const act = useListAct(list)
  const [isCancelling, cancelling] = useDisclosure()
  return (
    <Note tone="amber" icon={IconClock} title={t('pause.missed_start_title')}>
      {pauseWords(list)}
      <Group gap="xs" mt="sm">
        <Button
          size="compact-md"
          loading={act.isPending && act.variables === 'resume'}
          onClick={() => act.mutate('resume')}
        >
          {t('pause.missed_start_start')}
        </Button>
        <Button size="compact-md" variant="default" onClick={cancelling.open}>
          {t('pause.missed_start_cancel')}
        </Button>
      </Group>
      {act.error && !isCancelling && <Text size="sm">{act.error.message}</Text>}
      <CancelModal list={list} act={act} isOpen={isCancelling} onClose={cancelling.close} />
    </Note>
  )
}

function Stopped({ list }: { list: List }) {
  const { t } = useTranslation('hubs')
  const pauseWords = usePauseWords()
  const goesOn = list.resumes_at
    ? t('pause.itselfAt', { time: timeAhead(list.resumes_at) })
    : t(list.auto_resume && list.pause_reason !== 'error_spike' ? 'pause.itself' : 'pause.byHand')
  return (
    <Note tone="amber" icon={IconAlertTriangle} title={t('pause.title')}>
      {pauseWords(list)} {goesOn}
      <WayOut list={list} />
    </Note>
  )
}

function WayOut({ list: { pause_reason: reason, number_id } }: { list: List }) {
  const { t } = useTranslation('hubs')
  if (reason?.startsWith('template_')) {
    return (
      <LinkButton
        size="compact-md"
        variant="default"
        mt="sm"
        display="table"
        from="/w/$workspace"
        to="/w/$workspace/templates"
      >
        {t('pause.toTemplates')}
      </LinkButton>
    )
  }
  if (reason === 'error_spike') return null
  return <NumberButton numberId={number_id}>{t('pause.toNumber')}</NumberButton>
}

function WaitsForLimit({ list: { waiting_for, number_id } }: { list: List }) {
  const { t } = useTranslation('hubs')
  const reason = t('wait.daily_limit')
  return (
    <Note tone="amber" icon={IconClock}>
      {waiting_for?.until ? t('wait.until', { reason, time: timeAhead(waiting_for.until) }) : reason}
      <NumberButton numberId={number_id}>{t('wait.toLimit')}</NumberButton>
    </Note>
  )
}

function NumberButton({ numberId, children }: { numberId: string; children: string }) {
  return (
    <LinkButton
      size="compact-md"
      variant="default"
      mt="sm"
      display="table"
      from="/w/$workspace"
      to="/w/$workspace/numbers/$numberId"
      params={{ numberId }}
    >
      {children}
    </LinkButton>
  )
}

function Held({ count }: { count: number }) {
  const { t } = useTranslation('hubs')
  return (
    <Note tone="blue" icon={IconHourglass}>
      {t('held', { count, n: formatNumber(count) })}
    </Note>
  )
}

function Unsettled({ list: { id, counts } }: { list: List }) {
  const { t } = useTranslation('hubs')
  return (
    <Note tone="amber" icon={IconHelpCircle}>
      {t('unsettled', { count: counts.unknown, n: formatNumber(counts.unknown) })}
      <LinkButton
        size="compact-md"
        variant="default"
        mt="sm"
        display="table"
        from="/w/$workspace"
        to="/w/$workspace/hubs/unsettled"
        search={{ list: id }}
      >
        {t('decide')}
      </LinkButton>
    </Note>
  )
}
