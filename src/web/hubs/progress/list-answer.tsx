import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { formatNumber, formatShare } from '../../platform/format/number.ts'
import { progressOf } from '../hubs.ts'
import { useListWords } from '../list-words.ts'
import { ProgressBar } from '../progress-bar.tsx'
import classes from './list-answer.module.css'

/** The list in one number and one sentence, above its bar. */
export function ListAnswer({ list }: { list: List }) {
  const { t } = useTranslation('hubs')
  const listWords = useListWords()
  const { done, share } = progressOf(list)
  // What Parley stopped it for stands below, with what can be done.
  const wordsAbove = (one: List) => {
    if (one.state !== 'paused' || one.pause_reason === 'person') return listWords(one)
    return t(one.pause_reason === 'missed_start' ? 'words.asks' : 'words.stopped')
  }
  const isHeld = list.state === 'paused' || (list.state === 'running' && list.waiting_for !== null)
  return (
    <section className={classes.answer} aria-label={t('progress.title')}>
      <div className={classes.words}>
        <strong className={`${classes.share} numeric`}>{formatShare(share)}</strong>
        <div>
          <p className={`${classes.done} numeric`}>
            {t('progress.done', {
              count: list.counts.total,
              done: formatNumber(done),
              total: formatNumber(list.counts.total),
            })}
          </p>
          <p className={classes.now} data-tone={isHeld ? 'amber' : undefined} role="status">
            {wordsAbove(list)}
          </p>
        </div>
      </div>
      <ProgressBar list={list} size="lg" />
    </section>
  )
}
