import { Progress } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatShare } from '../format/number.ts'
import classes from './work-note.module.css'

interface WorkNoteProps {
  /** What is under way, or has ended. */
  title: string
  /** 0 to 1; null when it has ended. */
  progress: number | null
  /** Count and rate, in words. */
  facts: ReactNode
  /** To end it, or to put the note away. */
  action?: ReactNode
}

/** Long work that goes on when the page is closed: how far it is, and what it did. */
export function WorkNote({ title, progress, facts, action }: WorkNoteProps) {
  return (
    <div className={classes.note}>
      <div className={classes.head}>
        <span>
          {title}
          {progress !== null && ` · ${formatShare(progress)}`}
        </span>
        {action}
      </div>
      {progress !== null && <Progress value={progress * 100} size="sm" aria-label={title} />}
      <span className={classes.facts}>{facts}</span>
    </div>
  )
}
