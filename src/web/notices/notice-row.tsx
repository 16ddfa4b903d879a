import { Button } from '@mantine/core'
import { IconAlertTriangle, IconAlertTriangleFilled, IconCheck, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Notice, NoticeSeverity } from '../../contract/index.ts'
import { dateTime } from '../platform/format/time.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import type { Tone } from '../platform/state/state-looks.ts'
import { NoticeLink } from './notice-link.tsx'
import { useNoticeWords } from './notice-words.ts'
import { useMarkSeen } from './notices.ts'
import classes from './notices-page.module.css'

export const severityLooks: Record<NoticeSeverity, { tone: Tone; icon: typeof IconInfoCircle }> = {
  critical: { tone: 'red', icon: IconAlertTriangleFilled },
  warning: { tone: 'amber', icon: IconAlertTriangle },
  info: { tone: 'teal', icon: IconInfoCircle },
}

export function NoticeRow({ notice }: { notice: Notice }) {
  const { t } = useTranslation('notices')
  const { title, text, detail } = useNoticeWords()(notice)
  const seen = useMarkSeen()
  const isOver = notice.resolved_at !== null
  const { tone, icon: Icon } = severityLooks[notice.severity]
  return (
    <li className={classes.row} data-unread={!notice.read || undefined} data-over={isOver || undefined}>
      <span className={classes.icon} data-tone={isOver ? 'grey' : tone}>
        {isOver ? <IconCheck size={18} aria-hidden /> : <Icon size={18} aria-hidden />}
        <span className="visually-hidden">{isOver ? t('over') : t(`severity.${notice.severity}`)}</span>
      </span>
      <div className={classes.words}>
        <h2 className={classes.title} dir="auto">
          {title}
          {!notice.read && <span className={classes.new}>{t('new')}</span>}
        </h2>
        <p className={classes.text}>{text}</p>
        {detail && (
          <p className={classes.detail} dir="auto">
            {detail}
          </p>
        )}
        <div className={classes.foot}>
          <TimeText at={notice.created_at} look="relative" />
          {isOver && notice.resolved_at && (
            <span>{t('overSince', { time: dateTime(notice.resolved_at) })}</span>
          )}
          {!isOver && notice.until && <span>{t('endsAt', { time: dateTime(notice.until) })}</span>}
        </div>
      </div>
      <div className={classes.actions}>
        <NoticeLink notice={notice} title={title} onOpen={() => !notice.read && seen.mutate(notice.id)} />
        {!notice.read && (
          <Button
            variant="subtle"
            size="xs"
            fz="sm"
            loading={seen.isPending}
            onClick={() => seen.mutate(notice.id)}
            aria-label={t('markNamed', { title })}
          >
            {t('mark')}
          </Button>
        )}
      </div>
    </li>
  )
}
