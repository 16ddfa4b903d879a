import { Paper, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './section.module.css'

interface SectionProps {
  title: string
  /** What is chosen here, in a sentence. */
  text?: ReactNode
  actions?: ReactNode
  /** Without padding around the content: for tables that reach the edge. */
  flush?: boolean
  children: ReactNode
}

/** A titled part of a page, as a card. */
export function Section({ title, text, actions, flush = false, children }: SectionProps) {
  const id = useId()
  return (
    <Paper withBorder radius="lg" component="section" aria-labelledby={id} className={classes.section}>
      <header className={classes.head}>
        <div className={classes.words}>
          <Title order={2} id={id}>
            {title}
          </Title>
          {text && (
            <Text c="dimmed" size="sm">
              {text}
            </Text>
          )}
        </div>
        {actions}
      </header>
      <div className={flush ? classes.flush : classes.content}>{children}</div>
    </Paper>
  )
}

/** The buttons of a long form: they stay in sight at the bottom. */
export function FormFoot({ children }: { children: ReactNode }) {
  return <div className={classes.foot}>{children}</div>
}
