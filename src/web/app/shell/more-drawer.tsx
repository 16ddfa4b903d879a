import { Drawer, UnstyledButton } from '@mantine/core'
import { IconBell, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { BellDot } from '../../notices/bell.tsx'
import { ChecklistCard } from '../../workspaces/checklist-card.tsx'
import { useMayOpen } from '../../workspaces/me.ts'
import { navigation } from './navigation.ts'
import { PersonMenu } from './person-menu.tsx'
import classes from './phone-navigation.module.css'
import { WorkspaceMenu } from './workspace-menu.tsx'

interface MoreDrawerProps {
  isOpen: boolean
  onClose: () => void
  onSearch: () => void
}

/** Everything that has no place in the bottom bar. */
export function MoreDrawer({ isOpen, onClose, onSearch }: MoreDrawerProps) {
  const { t } = useTranslation('shell')
  return (
    <Drawer opened={isOpen} onClose={onClose} position="bottom" size="auto" title={t('navigation.more')}>
      <More onLeave={onClose} onSearch={onSearch} />
    </Drawer>
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
      {mayOpen({ least: 'supervisor' }) && (
        <Link from="/w/$workspace" to="/w/$workspace/notices" className={classes.row} onClick={onLeave}>
          <span className={classes.icon}>
            <IconBell size={20} stroke={1.7} aria-hidden />
            <BellDot />
          </span>
          {t('navigation.notices')}
        </Link>
      )}
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
