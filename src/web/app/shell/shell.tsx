import { useHotkeys, useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsConnected } from '../../platform/live/live.tsx'
import { useIsLate } from '../../platform/page/loading.tsx'
import { PhoneNavigation } from './phone-navigation.tsx'
import { SectionPages } from './section-pages.tsx'
import classes from './shell.module.css'
import { SideNavigation } from './side-navigation.tsx'

const Search = lazy(() => import('./search.tsx').then((file) => ({ default: file.Search })))

/** Navigation around every page: at the side, or at the bottom on a phone. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation('shell')
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const [isNarrow, setNarrow] = useLocalStorage({ key: 'parley-navigation-narrow', defaultValue: false })
  const [isSearching, setSearching] = useState(false)
  useHotkeys([['mod+K', () => setSearching(true)]], [])
  const search = () => setSearching(true)

  return (
    <div className={classes.shell} data-phone={isPhone || undefined}>
      <a href="#page" className={classes.skip}>
        {t('skip')}
      </a>
      {!isPhone && (
        <SideNavigation isNarrow={isNarrow} onToggle={() => setNarrow(!isNarrow)} onSearch={search} />
      )}
      <main id="page" className={classes.page} tabIndex={-1}>
        <ConnectionLost />
        {isPhone && <SectionPages />}
        {children}
      </main>
      {isPhone && <PhoneNavigation onSearch={search} />}
      {isSearching && (
        <Suspense>
          <Search onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </div>
  )
}

function ConnectionLost() {
  return useIsConnected() ? null : <ConnectionNotice />
}

/** Not for a connection that comes back at once. */
function ConnectionNotice() {
  const { t } = useTranslation('shell')
  if (!useIsLate(2500)) return null
  return (
    <div role="status" className={classes.offline} data-tone="amber">
      {t('offline')}
    </div>
  )
}
