import { Progress, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './checklist.module.css'
import { checklistQuery, checklistSteps, countDone, isComplete } from './checklist.ts'
import { useMe } from './me.ts'

// A list ends and a customer writes by themselves, on whatever page one is.
const checkEveryMs = 10_000

/** How far the first steps are, in the navigation; gone when all are done. */
export function ChecklistCard() {
  const { t } = useTranslation('shell')
  const { workspace } = useMe()
  const { data: checklist } = useQuery({ ...checklistQuery(workspace.slug), refetchInterval: checkEveryMs })
  if (!checklist || isComplete(checklist)) return null
  const done = countDone(checklist)
  const all = checklistSteps.length
  return (
    <Link from="/w/$workspace" to="/w/$workspace" className={classes.card}>
      <span className={classes.cardHead}>
        <Text size="sm" fw={600}>
          {t('checklist.title')}
        </Text>
        <Text size="xs" c="dimmed" className="numeric">
          {t('checklist.done', { done, all })}
        </Text>
      </span>
      <Progress value={(done / all) * 100} size="sm" aria-label={t('checklist.done', { done, all })} />
    </Link>
  )
}
