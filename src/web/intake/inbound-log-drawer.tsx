import { Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconRepeat } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { InboundLogDetail } from '../../contract/index.ts'
import { formatNumber } from '../platform/format/number.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { ErrorNote, ErrorState } from '../platform/page/error-state.tsx'
import { JsonView } from '../platform/page/json-view.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Note } from '../platform/page/note.tsx'
import { StateBadge } from '../platform/state/state-badge.tsx'
import { useCan } from '../workspaces/me.ts'
import { useFactWords } from './fact-words.ts'
import classes from './inbound-log-drawer.module.css'
import { useInboundLog, useReplayLog } from './inbound-logs.ts'

/** One webhook: what was taken from it beside the body as it came. */
export function InboundLogDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('intake')
  const { data: log, error, refetch } = useInboundLog(id)
  return (
    <Drawer opened={id !== undefined} onClose={onClose} title={t('entry')} size={1040}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!log && !error && <LoadingRows count={6} />}
      {log && <Details log={log} />}
    </Drawer>
  )
}

function Details({ log }: { log: InboundLogDetail }) {
  const { t } = useTranslation('intake')
  return (
    <Stack>
      <Group justify="space-between">
        <Group gap="sm">
          <StateBadge state={log.verdict} />
          <Text size="sm" c="dimmed">
            <TimeText at={log.received_at} look="full" /> · {t('bytes', { n: formatNumber(log.body_bytes) })}{' '}
            · {t('attempts', { count: log.attempts })}
          </Text>
        </Group>
        <ReplayButton log={log} />
      </Group>
      <Text size="sm">{t(`meaning.${log.verdict}`)}</Text>
      {log.error && (
        <Note tone="red" icon={IconAlertTriangle} title={t('error')}>
          {log.error}
        </Note>
      )}
      <div className={classes.columns}>
        <section aria-label={t('facts')}>
          <Text fw={600} mb="xs">
            {t('facts')}
          </Text>
          <Facts log={log} />
          <Text fw={600} mt="lg" mb="xs">
            {t('headers')}
          </Text>
          <dl className={classes.headers}>
            {Object.entries(log.headers).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section aria-label={t('body')} className={classes.body}>
          {log.body === null ? (
            <Text c="dimmed">{t('bodyGone')}</Text>
          ) : (
            <JsonView label={t('body')} text={log.body} />
          )}
        </section>
      </div>
    </Stack>
  )
}

function Facts({ log: { facts } }: { log: InboundLogDetail }) {
  const { t } = useTranslation('intake')
  const factWords = useFactWords()
  if (facts.length === 0) return <Text c="dimmed">{t('noFacts')}</Text>
  return (
    <ul className={classes.facts}>
      {facts.map((fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one webhook may tell the same fact twice
        <li key={index}>
          <span className={classes.fact}>
            {factWords(fact)}
            {fact.external_id && <span className={classes.id}>{fact.external_id}</span>}
          </span>
          <StateBadge state={fact.outcome} size="sm" />
        </li>
      ))}
    </ul>
  )
}

function ReplayButton({ log }: { log: InboundLogDetail }) {
  const { t } = useTranslation('intake')
  const replay = useReplayLog(log.id)
  if (!useCan('admin')) return null
  return (
    <div>
      {replay.error && <ErrorNote error={replay.error} />}
      <Button
        variant="default"
        leftSection={<IconRepeat size={16} />}
        title={t('replayHint')}
        loading={replay.isPending}
        disabled={log.body === null}
        onClick={() => replay.mutate()}
      >
        {replay.isSuccess ? t('replayed') : t('replay')}
      </Button>
    </div>
  )
}
