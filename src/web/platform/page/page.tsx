import type { ReactNode } from 'react'
import classes from './page.module.css'

/** The frame of an ordinary page: scrolls, keeps a readable width. `width`: wide for tables, narrow for forms. */
export function Page({ children, width = 'wide' }: { children: ReactNode; width?: 'wide' | 'narrow' }) {
  return (
    <div className={classes.scroller}>
      <div className={classes.page} data-width={width}>
        {children}
      </div>
    </div>
  )
}
