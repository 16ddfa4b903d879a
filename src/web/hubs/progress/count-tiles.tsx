import { useTranslation } from 'react-i18next'
import type { List, ListCounts, RecipientState } from '../../../contract/index.ts'
import { formatNumber, formatShare } from '../../platform/format/number.ts'
import { stateLooks } from '../../platform/state/state-looks.ts'
import classes from './count-tiles.module.css'

type Counted = Exclude<keyof ListCounts, 'total'> & RecipientState
const always: Counted[] = ['waiting', 'sending', 'sent', 'delivered', 'read', 'failed']
const whenAny: Counted[] = ['unknown', 'skipped']

interface CountTilesProps {
  list: List
  chosen: RecipientState | undefined
  onChoose: (state: RecipientState | null) => void
}

/** A number for each state; pressing one shows who is behind it. */
export function CountTiles({ list, chosen, onChoose }: CountTilesProps) {
  const { t } = useTranslation(['hubs', 'states'])
  const { counts } = list
  const shown = [...always, ...whenAny.filter((state) => counts[state] > 0)]
  return (
    <fieldset className={classes.tiles} aria-label={t('progress.counts')}>
      {shown.map((state) => {
        const { tone, icon: Icon } = stateLooks[state]
        const isChosen = state === chosen
        return (
          <button
            key={state}
            type="button"
            className={classes.tile}
            data-tone={tone}
            aria-pressed={isChosen}
            onClick={() => onChoose(isChosen ? null : state)}
          >
            <span className={classes.name}>
              <Icon size={15} stroke={2.1} aria-hidden />
              {t(`states:${state}`)}
            </span>
            <span className={`${classes.count} numeric`}>{formatNumber(counts[state])}</span>
            <span className={`${classes.share} numeric`}>{shareWords(counts[state], counts.total)}</span>
          </button>
        )
      })}
    </fieldset>
  )
}

/** One in a thousand is few, but not none. */
function shareWords(count: number, total: number): string {
  if (count === 0 || total === 0) return '–'
  return count / total < 0.005 ? `< ${formatShare(0.01)}` : formatShare(count / total)
}
