import { Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import classes from './page.module.css'

interface PageHeaderProps {
  title: string
  /** The answer of the page in a sentence: "2 of 3 numbers can send". */
  summary?: ReactNode
  /** Buttons, the most important one last. */
  actions?: ReactNode
  /** A badge beside the title. */
  badge?: ReactNode
  back?: { label: string; link: LinkProps }
}

/** Title, answer and buttons of a page; sets the title of the browser's tab as well. */
export function PageHeader({ title, summary, actions, badge, back }: PageHeaderProps) {
  usePageTitle(title)
  return (
    <header className={classes.header}>
      <div className={classes.title}>
        {back && (
          <Link {...back.link} className={classes.back}>
            <IconArrowLeft size={14} aria-hidden />
            {back.label}
          </Link>
        )}
        <Title order={1} style={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 10 }}>
          {title}
          {badge}
        </Title>
        {summary && <div className={classes.summary}>{summary}</div>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  )
}

export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Parley`
  }, [title])
}
