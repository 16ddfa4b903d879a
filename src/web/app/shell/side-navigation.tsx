import { ActionIcon, Kbd, Tooltip, UnstyledButton } from '@mantine/core'
import { useOs } from '@mantine/hooks'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { UnreadCount } from '../../inbox/unread-count.tsx'
import { Bell } from '../../notices/bell.tsx'
import { UnsettledCount } from '../../sending/unsettled-count.tsx'
import { ChecklistCard } from '../../workspaces/checklist-card.tsx'
import { useMayOpen } from '../../workspaces/me.ts'
import { isIn, pageAt, usePath } from './here.ts'
import { type NavigationItem, navigation } from './navigation.ts'
import { PersonMenu } from './person-menu.tsx'
import classes from './side-navigation.module.css'
import { WorkspaceMenu } from './workspace-menu.tsx'

interface SideNavigationProps {
  isNarrow: boolean
  onToggle: () => void
  onSearch: () => void
}

export function SideNavigation({ isNarrow, onToggle, onSearch }: SideNavigationProps) {
  const { t } = useTranslation('shell')
  const mayOpen = useMayOpen()
  const isMac = useOs() === 'macos'
  const toggleLabel = isNarrow ? t('expand') : t('collapse')
  return (
    <nav className={classes.bar} data-narrow={isNarrow || undefined} aria-label={t('mainNavigation')}>
      <WorkspaceMenu isNarrow={isNarrow} />
      <div className={classes.tools}>
        <Tooltip label={t('search.open')} position="right" disabled={!isNarrow}>
          <UnstyledButton className={classes.search} onClick={onSearch} aria-label={t('search.open')}>
            <IconSearch size={16} aria-hidden />
            {!isNarrow && (
              <>
                <span>{t('search.open')}</span>
                <Kbd size="xs">{isMac ? '⌘ K' : 'Ctrl K'}</Kbd>
              </>
            )}
          </UnstyledButton>
        </Tooltip>
        <Bell />
      </div>
      <ul className={classes.items}>
        {navigation.filter(mayOpen).map((item) => (
          <Item key={item.key} item={item} isNarrow={isNarrow} />
        ))}
      </ul>
      <div className={classes.foot}>
        {!isNarrow && <ChecklistCard />}
        <div className={classes.person}>
          <PersonMenu isNarrow={isNarrow} />
          <Tooltip label={toggleLabel} position="right">
            <ActionIcon onClick={onToggle} aria-label={toggleLabel} className={classes.flip}>
              {isNarrow ? (
                <IconLayoutSidebarLeftExpand size={18} />
              ) : (
                <IconLayoutSidebarLeftCollapse size={18} />
              )}
            </ActionIcon>
          </Tooltip>
        </div>
      </div>
    </nav>
  )
}

function Item({ item, isNarrow }: { item: NavigationItem; isNarrow: boolean }) {
  const { t } = useTranslation('shell')
  const mayOpen = useMayOpen()
  const path = usePath()
  const isHere = isIn(path, item)
  const herePage = pageAt(path, item.pages ?? [])
  const Icon = item.icon
  return (
    <li>
      <Tooltip label={t(`navigation.${item.key}`)} position="right" disabled={!isNarrow}>
        <Link
          from="/w/$workspace"
          to={item.to}
          className={classes.item}
          data-here={isHere || undefined}
          aria-label={t(`navigation.${item.key}`)}
          {...(isHere ? { 'aria-current': 'page' as const } : {})}
        >
          <Icon size={18} stroke={1.8} aria-hidden />
          {!isNarrow && <span className={classes.label}>{t(`navigation.${item.key}`)}</span>}
          {item.key === 'inbox' && <UnreadCount isDot={isNarrow} />}
          {item.key === 'hubs' && (!isHere || isNarrow) && <UnsettledCount isDot />}
        </Link>
      </Tooltip>
      {isHere && !isNarrow && item.pages && (
        <ul className={classes.pages}>
          {item.pages.filter(mayOpen).map((page) => (
            <li key={page.key}>
              <Link
                from="/w/$workspace"
                to={page.to}
                className={classes.subItem}
                data-here={page === herePage || undefined}
                {...(page === herePage ? { 'aria-current': 'page' as const } : {})}
              >
                {t(`navigation.${page.key}`)}
                {page.key === 'unsettled' && <UnsettledCount />}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
