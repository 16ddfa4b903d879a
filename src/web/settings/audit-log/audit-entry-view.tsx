import { Collapse, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isAuditAction } from '../../../contract/audit-actions.ts'
import type { AuditEntry } from '../../../contract/index.ts'
import { TimeText } from '../../platform/format/time-text.tsx'
import { JsonView } from '../../platform/page/json-view.tsx'
import { PersonAvatar } from '../../platform/page/person-avatar.tsx'
import classes from './audit-entry-view.module.css'

/** An act in a line; opened, what was before and after. */
export function AuditEntryView({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('settings')
  const [isOpen, { toggle }] = useDisclosure()
  const { actor, action, subject_name: subject, before, after } = entry
  const hasMore = before !== null || after !== null
  return (
    <div className={classes.entry}>
      <UnstyledButton
        className={classes.line}
        onClick={toggle}
        disabled={!hasMore}
        {...(hasMore ? { 'aria-expanded': isOpen } : {})}
      >
        <PersonAvatar name={actor.name} size={28} />
        <span className={classes.words}>
          <strong>{actor.name}</strong>{' '}
          <span title={action}>
            {isAuditAction(action) ? (
              t(`audit.action.${action}`)
            ) : (
              <code className={classes.action}>{action}</code>
            )}
          </span>
          {subject && ' '}
          {subject && <bdi className={classes.subject}>{subject}</bdi>}
        </span>
        <TimeText at={entry.at} look="full" className={classes.time} />
        <IconChevronDown
          size={16}
          aria-hidden
          className={classes.chevron}
          data-open={isOpen}
          data-none={!hasMore || undefined}
        />
      </UnstyledButton>
      {hasMore && (
        <Collapse expanded={isOpen}>
          <div className={classes.details}>
            {before !== null && <JsonView label={t('audit.before')} text={JSON.stringify(before)} />}
            {after !== null && <JsonView label={t('audit.after')} text={JSON.stringify(after)} />}
          </div>
        </Collapse>
      )}
    </div>
  )
}
