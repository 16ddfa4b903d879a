import { Text, Title } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Checklist } from '../../contract/index.ts'
import { ErrorState } from '../platform/page/error-state.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import { Page } from '../platform/page/page.tsx'
import { PageHeader } from '../platform/page/page-header.tsx'
import classes from './checklist.module.css'
import { checklistQuery, checklistSteps, countDone } from './checklist.ts'
import { useMe } from './me.ts'
import { StepAction } from './step-action.tsx'

/** From nothing to the first list, in five steps; the one that is next stands open. */
export function StartPage() {
  const { t } = useTranslation('workspaces')
  const { person, workspace } = useMe()
  const { data, error, refetch } = useQuery({ ...checklistQuery(workspace.slug), refetchInterval: 3000 })
  return (
    <Page width="narrow">
      <PageHeader
        title={t('start.title', { name: person.name.split(' ')[0] })}
        summary={t('start.summary', { workspace: workspace.name })}
      />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <LoadingRows count={5} height={64} />}
      {data && <Steps checklist={data} />}
    </Page>
  )
}

function Steps({ checklist }: { checklist: Checklist }) {
  const { t } = useTranslation('workspaces')
  const next = checklistSteps.find((step) => !checklist[step])
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm" className="numeric" aria-live="polite">
        {t('start.done', { done: countDone(checklist), all: checklistSteps.length })}
      </Text>
      <ol className={classes.steps}>
        {checklistSteps.map((step, index) => (
          <li
            key={step}
            className={classes.step}
            data-state={checklist[step] ? 'done' : step === next ? 'next' : 'later'}
          >
            <span className={classes.mark} aria-hidden>
              {checklist[step] ? <IconCheck size={16} stroke={2.5} /> : index + 1}
            </span>
            <div className={classes.words}>
              <Title order={2} fz={15}>
                {t(`start.step.${step}.title`)}
                {checklist[step] && <span className="visually-hidden"> ({t('start.isDone')})</span>}
              </Title>
              {!checklist[step] && <Text c="dimmed">{t(`start.step.${step}.text`)}</Text>}
              {step === next && (
                <div className={classes.action}>
                  <StepAction step={step} />
                </div>
              )}
            </div>
          </li>
        ))}
      </ol>
    </>
  )
}
