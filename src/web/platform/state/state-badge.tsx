import { useTranslation } from 'react-i18next'
import classes from './state-badge.module.css'
import { type State, stateLooks } from './state-looks.ts'

interface StateBadgeProps {
  state: State
  /** Instead of the state's own word, for "Paused by Meta" and the like. */
  label?: string
  /** The reason, shown on hover and read out. */
  title?: string | undefined
  size?: 'sm' | 'md'
}

/** A state of anything, always with its colour, icon and word: `<StateBadge state={list.state} />`. */
export function StateBadge({ state, label, title, size = 'md' }: StateBadgeProps) {
  const { t } = useTranslation('states')
  const { tone, icon: Icon } = stateLooks[state]
  return (
    <span className={classes.badge} data-tone={tone} data-size={size} title={title}>
      <Icon size={size === 'sm' ? 12 : 14} stroke={2.2} aria-hidden />
      {label ?? t(state)}
    </span>
  )
}
