import type { ReactNode } from 'react'
import classes from './data-table.module.css'

interface DataTableProps {
  /** Read out as the table's name. */
  label: string
  /** Heads of the columns; an empty one stands over buttons. */
  columns: string[]
  /** `<tr>`s. On a phone each becomes a card: give the cells `data-label` with the name of their column. */
  children: ReactNode
}

/** A plain table that turns into cards where there is no room. */
export function DataTable({ label, columns, children }: DataTableProps) {
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never move, and several may be empty
              <th key={index} scope="col">
                {column || <span className="visually-hidden">—</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
