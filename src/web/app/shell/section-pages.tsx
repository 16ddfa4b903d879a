import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { UnsettledCount } from '../../sending/unsettled-count.tsx'
import { useMayOpen } from '../../workspaces/me.ts'
import { isIn, isPage, usePath } from './here.ts'
import { navigation } from './navigation.ts'
import classes from './section-pages.module.css'

/** On a phone the pages of a section stand above them, for there is no menu at the side. Settings have tabs of their own. */
export function SectionPages() {
  const { t } = useTranslation('shell')
  const mayOpen = useMayOpen()
  const path = usePath()
  const item = navigation.find((one) => one.key !== 'settings' && isIn(path, one))
  const pages = item?.pages?.filter(mayOpen) ?? []
  if (item === undefined || pages.length < 2 || !isPage(path, pages)) return null
  return (
    <nav className={classes.bar} aria-label={t(`navigation.${item.key}`)}>
      {pages.map(({ key, to }) => (
        <Link
          key={key}
          from="/w/$workspace"
          to={to}
          className={classes.page}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'data-here': true }}
        >
          {t(`navigation.${key}`)}
          {key === 'unsettled' && <UnsettledCount />}
        </Link>
      ))}
    </nav>
  )
}
