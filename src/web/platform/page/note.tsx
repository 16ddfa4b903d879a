import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Tone } from '../state/state-looks.ts'
import classes from './note.module.css'

interface NoteProps {
  tone: Tone
  icon: TablerIcon
  title?: string
  children: ReactNode
}

/** A remark that stands on the page, in the colour of the state it is about. */
export function Note({ tone, icon: Icon, title, children }: NoteProps) {
  return (
    <div className={classes.note} data-tone={tone} role="status">
      <Icon size={18} stroke={1.9} aria-hidden />
      <div className={classes.words}>
        {title && <div className={classes.title}>{title}</div>}
        {children}
      </div>
    </div>
  )
}
