import { Drawer, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots, IconSearch } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { UnreadCount } from '../../inbox/unread-count.tsx'
import { ChecklistCard } from '../../workspaces/checklist-card.tsx'
import { useMayOpen } from '../../workspaces/me.ts'
import { navigation } from './navigation.ts'
import { PersonMenu } from './person-menu.tsx'
import classes from './phone-navigation.module.css'
import { WorkspaceMenu } from './workspace-menu.tsx'

/** The bottom bar: the pages a phone is used for, everything else behind "More". */
export function PhoneNavigation({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation('shell')
  const [isOpen, { open, close }] = useDisclosure()
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
        <IconDots size={22} stroke={1.7} aria-hidden />
        {t('navigation.more')}
      </UnstyledButton>
      <Drawer opened={isOpen} onClose={close} position="bottom" size="auto" title={t('navigation.more')}>
        <More
          onLeave={close}
          onSearch={() => {
            close()
            onSearch()
          }}
        />
      </Drawer>
    </nav>
  )
}

function More({ onLeave, onSearch }: { onLeave: () => void; onSearch: () => void }) {
  const { t } = useTranslation('shell')
  const mayOpen = useMayOpen()
  const rest = navigation.filter((item) => !item.onPhone && mayOpen(item))
  return (
    <div className={classes.more}>
      <WorkspaceMenu />
      <UnstyledButton className={classes.row} onClick={onSearch}>
        <IconSearch size={20} stroke={1.7} aria-hidden />
        {t('search.open')}
      </UnstyledButton>
      {rest.map(({ key, to, icon: Icon, pages }) => (
        <div key={key}>
          <Link from="/w/$workspace" to={to} className={classes.row} onClick={onLeave}>
            <Icon size={20} stroke={1.7} aria-hidden />
            {t(`navigation.${key}`)}
          </Link>
          {pages?.filter(mayOpen).map((page) => (
            <Link
              key={page.key}
              from="/w/$workspace"
              to={page.to}
              className={classes.subRow}
              onClick={onLeave}
            >
              {t(`navigation.${page.key}`)}
            </Link>
          ))}
        </div>
      ))}
      <ChecklistCard />
      <PersonMenu />
    </div>
  )
}
