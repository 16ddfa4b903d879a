import { List as Lines, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { List, Preflight } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { dateTime } from '../../platform/format/time.ts'
import { ErrorState } from '../../platform/page/error-state.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { Note } from '../../platform/page/note.tsx'
import { Section } from '../../platform/page/section.tsx'
import { useVariableLabel } from '../../templates/variable-field.tsx'
import { useHubChanged, useKeepList } from '../hubs.ts'
import { useLimitWords } from '../limit-words.ts'
import { RefusedRows } from '../recipients/refused-rows.tsx'
import { TestSendButton } from '../test-send-button.tsx'
import { skippedGroups, usePreflight } from './preflight.ts'
import { RowPreview } from './row-preview.tsx'
import type { StepProps } from './step-props.ts'
import { WizardFoot } from './wizard-frame.tsx'
import classes from './wizard-step.module.css'

/** What a start would do: how many get it, who doesn't and why, when it is over. Then the start. */
export function CheckStep({ list, preparation }: StepProps) {
  const { t } = useTranslation('hubs')
  const { draft, template, saved, go } = preparation
  const preflight = usePreflight(list)
  const start = useStart(list)
  const check = preflight.data
  const count = check?.will_send ?? 0
  const isReady = saved && list.state === 'ready' && check !== undefined && check.problems.length === 0
  return (
    <>
      <Section title={t('check.title')} actions={saved && <TestSendButton list={list} />}>
        <div className={classes.columns}>
          <Stack>
            {preflight.error && (
              <ErrorState error={preflight.error} onRetry={() => void preflight.refetch()} />
            )}
            {preflight.isPending && <LoadingRows count={4} />}
            {check && <Answer list={list} check={check} />}
            {!saved && <Unsaved preparation={preparation} />}
            {check && saved && check.problems.length > 0 && <Problems problems={check.problems} />}
          </Stack>
          {template && saved && <RowPreview list={list} template={template} />}
        </div>
      </Section>
      <RefusedRows list={list} phoneColumn={draft.phone} />
      <WizardFoot
        onBack={() => go('when')}
        onContinue={() => start.mutate()}
        isPending={start.isPending}
        error={start.error}
        isDisabled={!isReady}
        label={
          list.starts_at
            ? t('check.schedule', { count, n: formatNumber(count) })
            : t('check.start', { count, n: formatNumber(count) })
        }
      />
    </>
  )
}

/** Why the draft isn't what the hub has: a value without a source by name, else that a step was left in the middle. */
function Unsaved({ preparation: { template, missing } }: Pick<StepProps, 'preparation'>) {
  const { t } = useTranslation('hubs')
  const labelOf = useVariableLabel()
  const open = template?.variables.filter(({ key }) => missing.includes(key)) ?? []
  const names = open.map(labelOf).join(', ')
  const message = names
    ? t('check.noSource', { count: open.length, names, interpolation: { skipOnVariables: true } })
    : t('check.unsaved')
  return <Problems problems={[{ code: 'unsaved', message }]} />
}

function Answer({ list, check }: { list: List; check: Preflight }) {
  const { t } = useTranslation('hubs')
  const limitWords = useLimitWords()
  return (
    <>
      <p className={classes.answer}>
        <strong className="numeric">{formatNumber(check.will_send)}</strong>
        <span>{t('check.willSend', { count: check.total, n: formatNumber(check.total) })}</span>
      </p>
      <dl className={classes.facts}>
        <div>
          <dt>{t('check.starts')}</dt>
          <dd>{list.starts_at ? dateTime(list.starts_at) : t('check.atOnce')}</dd>
        </div>
        <div>
          <dt>{t('check.ends')}</dt>
          <dd>{check.finishes_at ? dateTime(check.finishes_at) : t('check.notInSight')}</dd>
        </div>
        {check.daily_limit && (
          <div>
            <dt>{t('check.limit')}</dt>
            <dd>{limitWords(check.daily_limit)}</dd>
          </div>
        )}
      </dl>
      {skippedGroups(check).length > 0 && (
        <div>
          <Text fw={560}>{t('check.skipped')}</Text>
          <Lines size="sm" mt={4}>
            {skippedGroups(check).map(({ reason, count }) => (
              <Lines.Item key={reason}>{t(`skip.${reason}`, { count, n: formatNumber(count) })}</Lines.Item>
            ))}
          </Lines>
        </div>
      )}
    </>
  )
}

function Problems({ problems }: { problems: { code: string; message: string }[] }) {
  const { t } = useTranslation('hubs')
  return (
    <Note tone="amber" icon={IconAlertTriangle} title={t('check.problems')}>
      <Lines size="sm">
        {problems.map(({ code, message }) => (
          <Lines.Item key={code + message}>{message}</Lines.Item>
        ))}
      </Lines>
    </Note>
  )
}

function useStart(list: List) {
  const api = useApi()
  const keep = useKeepList()
  const changed = useHubChanged()
  const navigate = useNavigate({ from: '/w/$workspace' })
  return useMutation({
    mutationFn: () => api.post<List>(`/lists/${list.id}/start`),
    onSuccess: async (started) => {
      keep(started)
      await navigate({
        to: '/w/$workspace/hubs/$hubId/lists/$listId',
        params: { hubId: list.hub_id, listId: list.id },
      })
      void changed()
    },
  })
}
