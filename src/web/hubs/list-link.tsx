import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { List } from '../../contract/index.ts'
import { isInPreparation } from './hubs.ts'

/** To the list: to the wizard while it is put together, to its progress afterwards. */
export function ListLink({
  list,
  className,
  children,
}: {
  list: List
  className?: string | undefined
  children: ReactNode
}) {
  const params = { hubId: list.hub_id, listId: list.id }
  if (isInPreparation(list)) {
    return (
      <Link
        from="/w/$workspace"
        to="/w/$workspace/hubs/$hubId/lists/$listId/prepare"
        params={params}
        search={{ step: list.state === 'ready' ? 'check' : 'match' }}
        className={className}
      >
        {children}
      </Link>
    )
  }
  return (
    <Link
      from="/w/$workspace"
      to="/w/$workspace/hubs/$hubId/lists/$listId"
      params={params}
      className={className}
    >
      {children}
    </Link>
  )
}
