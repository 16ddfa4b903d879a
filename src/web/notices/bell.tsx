import { Tooltip } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '../workspaces/me.ts'
import classes from './bell.module.css'
import { useNoticeCount } from './notices.ts'

const most = 99

/** How much there is to know: a tap leads to it. Agents look after conversations only and have none. */
export function Bell() {
  const { t } = useTranslation('shell')
  const { unread, critical } = useNoticeCount()
  if (!useCan('supervisor')) return null
  const label = t('notices.bell', { count: unread })
  return (
    <Tooltip label={label} position="right">
      <Link from="/w/$workspace" to="/w/$workspace/notices" className={classes.bell} aria-label={label}>
        <IconBell size={18} stroke={1.8} aria-hidden />
        {unread > 0 && (
          <span className={classes.count} data-tone={critical ? 'red' : 'amber'} aria-hidden>
            {unread > most ? `${most}+` : unread}
          </span>
        )}
      </Link>
    </Tooltip>
  )
}

/** The same where there is room for a dot only. */
export function BellDot() {
  const { t } = useTranslation('shell')
  const { unread, critical } = useNoticeCount()
  if (unread === 0) return null
  return (
    <span className={classes.dot} data-tone={critical ? 'red' : 'amber'}>
      <span className="visually-hidden">{t('notices.bell', { count: unread })}</span>
    </span>
  )
}
