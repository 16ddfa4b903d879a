import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../contract/index.ts'
import type { Page } from '../platform/api/api.ts'
import { useApi } from '../platform/api/use-api.ts'
import classes from './unread-count.module.css'

const most = 99

/** How many open conversations have something unread; nothing when none has. */
export function UnreadCount({ isDot = false }: { isDot?: boolean }) {
  const { t } = useTranslation('shell')
  const api = useApi()
  const { data: count = 0 } = useQuery({
    queryKey: api.key('conversation', 'unread-count'),
    queryFn: ({ signal }) =>
      api.get<Page<Conversation>>('/conversations', { unread: true, state: 'open', limit: most + 1 }, signal),
    select: (page) => page.data.length,
  })
  if (count === 0) return null
  const text = count > most ? `${most}+` : String(count)
  return (
    <span className={isDot ? classes.dot : classes.count}>
      <span className="visually-hidden">{t('unread', { count })}</span>
      {!isDot && <span aria-hidden>{text}</span>}
    </span>
  )
}
