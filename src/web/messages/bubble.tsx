import type { ReactNode } from 'react'
import classes from './bubble.module.css'

interface BubbleProps {
  direction: 'in' | 'out'
  /** The first of several in a row has the corner that points to its author. */
  isFirst?: boolean
  /** Buttons below the text, as WhatsApp draws them. */
  buttons?: string[]
  /** Bottom line: time and ticks. */
  foot?: ReactNode
  children: ReactNode
}

/** A message as WhatsApp shows it. Used by the thread and by every preview. */
export function Bubble({ direction, isFirst = true, buttons = [], foot, children }: BubbleProps) {
  return (
    <div className={classes.bubble} data-direction={direction} data-first={isFirst || undefined}>
      <div className={classes.body}>
        <div className={classes.content}>{children}</div>
        {foot && <div className={classes.foot}>{foot}</div>}
      </div>
      {buttons.map((button, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two buttons of a message may bear the same words
        <div key={index} className={classes.button} dir="auto">
          {button}
        </div>
      ))}
    </div>
  )
}
