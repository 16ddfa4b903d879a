import { useTranslation } from 'react-i18next'
import type { Notice } from '../../contract/index.ts'
import { textAt } from '../messages/content.ts'
import { LinkButton } from '../platform/page/link-button.tsx'

interface NoticeLinkProps {
  notice: Notice
  title: string
  onOpen: () => void
}

/** Leads to what the notice is about. */
export function NoticeLink({ notice, title, onOpen }: NoticeLinkProps) {
  const { t } = useTranslation('notices')
  const look = {
    from: '/w/$workspace',
    variant: 'default',
    size: 'xs',
    fz: 'sm',
    onClick: onOpen,
    'aria-label': `${t('show')}: ${title}`,
  } as const
  const { subject, subject_id: id } = notice
  switch (subject) {
    case 'connector':
      return (
        <LinkButton {...look} to="/w/$workspace/numbers" search={{ history: id }}>
          {t('show')}
        </LinkButton>
      )
    case 'number':
      return (
        <LinkButton {...look} to="/w/$workspace/numbers/$numberId" params={{ numberId: id }}>
          {t('show')}
        </LinkButton>
      )
    case 'template':
      return (
        <LinkButton {...look} to="/w/$workspace/templates" search={{ template: id }}>
          {t('show')}
        </LinkButton>
      )
    case 'list':
      return (
        <LinkButton
          {...look}
          to="/w/$workspace/hubs/$hubId/lists/$listId"
          params={{ hubId: textAt(notice.params, 'hub_id'), listId: id }}
        >
          {t('show')}
        </LinkButton>
      )
    case 'endpoint':
      return (
        <LinkButton {...look} to="/w/$workspace/events/webhooks">
          {t('show')}
        </LinkButton>
      )
    case 'workspace':
      return (
        <LinkButton {...look} to="/w/$workspace/events/inbound" search={{ verdict: 'parked' }}>
          {t('show')}
        </LinkButton>
      )
    default:
      return subject satisfies never
  }
}
