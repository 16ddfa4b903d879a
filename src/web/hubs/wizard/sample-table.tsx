import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { useSampleRows } from './sample-rows.ts'
import classes from './sample-table.module.css'

const shownRows = 4

/** The first rows of the file as they came, with the columns marked that say who it is. */
export function SampleTable({ list, people }: { list: List; people: readonly string[] }) {
  const { t } = useTranslation('hubs')
  const rows = useSampleRows(list.id).slice(0, shownRows)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by key
    <section className={classes.frame} tabIndex={0} aria-label={t('match.sample')}>
      <table className={classes.table}>
        <thead>
          <tr>
            {list.columns.map((column) => (
              <th key={column} scope="col" data-phone={people.includes(column) || undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              {list.columns.map((column) => (
                <td key={column} data-phone={people.includes(column) || undefined} dir="auto">
                  {row.cells[column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
