import { Text, Title } from '@mantine/core'
import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './page.module.css'

interface EmptyStateProps {
  icon: TablerIcon
  title: string
  /** One sentence that says what will stand here and how it gets here. */
  text: string
  /** The one button, and at most a link beside it. */
  action?: ReactNode
  /** Dashed outline, for use where a table or cards would be. */
  boxed?: boolean
  /** Red instead of green, for what went wrong. */
  isError?: boolean
}

/** An empty page teaches: what belongs here, and the one next step. */
export function EmptyState({
  icon: Icon,
  title,
  text,
  action,
  boxed = false,
  isError = false,
}: EmptyStateProps) {
  return (
    <div className={`${classes.empty} ${boxed ? classes.boxed : ''}`}>
      <div className={classes.emptyIcon} {...(isError ? { 'data-tone': 'red' } : {})} aria-hidden>
        <Icon size={26} stroke={1.7} />
      </div>
      <Title order={2}>{title}</Title>
      <Text className={classes.emptyText}>{text}</Text>
      {action && <div className={classes.emptyAction}>{action}</div>}
    </div>
  )
}
