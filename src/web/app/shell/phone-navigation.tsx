import { UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { UnreadCount } from '../../inbox/unread-count.tsx'
import { BellDot } from '../../notices/bell.tsx'
import { useMayOpen } from '../../workspaces/me.ts'
import { navigation } from './navigation.ts'
import classes from './phone-navigation.module.css'

const MoreDrawer = lazy(() => import('./more-drawer.tsx').then((file) => ({ default: file.MoreDrawer })))

/** The bottom bar: the pages a phone is used for, everything else behind "More". */
export function PhoneNavigation({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation('shell')
  const [wasOpened, setOpened] = useState(false)
  const [isOpen, { open, close }] = useDisclosure(false, { onOpen: () => setOpened(true) })
  const mayOpen = useMayOpen()
  const section = useLocation({ select: ({ pathname }) => pathname.split('/')[3] })
  const isInThread = useLocation({ select: ({ pathname }) => /\/inbox\/./.test(pathname) })
  if (isInThread) return null
  return (
    <nav className={classes.bar} aria-label={t('mainNavigation')}>
      {navigation
        .filter((item) => item.onPhone && mayOpen(item))
        .map(({ key, to, icon: Icon }) => (
          <Link
            key={key}
            from="/w/$workspace"
            to={to}
            className={classes.item}
            data-here={to.split('/')[3] === section || undefined}
          >
            <span className={classes.icon}>
              <Icon size={22} stroke={1.7} aria-hidden />
              {key === 'inbox' && <UnreadCount isDot />}
            </span>
            {t(`navigation.${key}`)}
          </Link>
        ))}
      <UnstyledButton className={classes.item} onClick={open} aria-expanded={isOpen}>
        <span className={classes.icon}>
          <IconDots size={22} stroke={1.7} aria-hidden />
          <BellDot />
        </span>
        {t('navigation.more')}
      </UnstyledButton>
      {wasOpened && (
        <Suspense>
          <MoreDrawer
            isOpen={isOpen}
            onClose={close}
            onSearch={() => {
              close()
              onSearch()
            }}
          />
        </Suspense>
      )}
    </nav>
  )
}
