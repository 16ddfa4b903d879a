import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TemplateChange } from '../../contract/index.ts'
import { plainWord } from '../platform/format/plain-word.ts'
import { dateTime } from '../platform/format/time.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { MoreButton } from '../platform/page/more-button.tsx'
import classes from './template-history.module.css'
import { useTemplateHistory } from './templates.ts'

/** What the provider did to a template: verdicts, pauses, categories, quality. */
export function TemplateHistory({ id }: { id: string }) {
  const { t } = useTranslation(['templates', 'shell'])
  const history = useTemplateHistory(id)
  return (
    <div>
      <Text fw={600} mb={4}>
        {t('history.title')}
      </Text>
      {history.error && <ErrorNote error={history.error} />}
      {history.isSuccess && history.items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('history.empty')}
        </Text>
      )}
      <ol className={classes.list}>
        {history.items.map((change) => (
          <Entry key={change.id} change={change} />
        ))}
      </ol>
      <MoreButton pages={history} size="xs" mt={0} />
    </div>
  )
}

function Entry({ change }: { change: TemplateChange }) {
  const words = useChangeWords()
  return (
    <li className={classes.entry}>
      <Text size="sm">{words(change)}</Text>
      {change.reason && (
        <Text size="sm" c="dimmed" dir="auto">
          {plainWord(change.reason)}
        </Text>
      )}
      <TimeText at={change.at} look="full" className={classes.time} />
    </li>
  )
}

function useChangeWords(): (change: TemplateChange) => string {
  const { t } = useTranslation('templates')
  return ({ topic, step, previous, value, takes_effect_at: at }) => {
    const [before, after] = [plainWord(previous ?? ''), plainWord(value ?? '')]
    if (step === 'announced') {
      return at === null
        ? t('history.announced', { before, after })
        : t('history.announcedFor', { before, after, time: dateTime(at) })
    }
    if (step === 'detected') return t('history.detected', { before, after })
    if (step === 'word') return t('history.word', { after })
    return previous === null
      ? t(`history.set.${topic}`, { after })
      : t(`history.change.${topic}`, { before, after })
  }
}
