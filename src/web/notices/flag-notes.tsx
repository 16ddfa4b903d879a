import { useTranslation } from 'react-i18next'
import type { Flag } from '../../contract/index.ts'
import { dateTime } from '../platform/format/time.ts'
import { Note } from '../platform/page/note.tsx'
import classes from './flag-notes.module.css'
import { severityLooks } from './notice-row.tsx'
import { useNoticeWords } from './notice-words.ts'

interface FlagNotesProps {
  flags: readonly Flag[]
  /** How the subject of a flag is called. */
  nameOf: (subjectId: string) => string
}

/** What stands against an account or a number, in words, with what to do about it. */
export function FlagNotes({ flags, nameOf }: FlagNotesProps) {
  const { t } = useTranslation('notices')
  const wordsOf = useNoticeWords()
  if (flags.length === 0) return null
  return (
    <div className={classes.notes}>
      {flags.map((flag) => {
        const { title, text, detail } = wordsOf({ ...flag, subject_name: nameOf(flag.subject_id) })
        const { tone, icon } = severityLooks[flag.severity]
        return (
          <Note key={`${flag.subject_id} ${flag.kind} ${flag.aspect}`} tone={tone} icon={icon} title={title}>
            {text}
            <div className={classes.detail}>
              {[detail, flag.until && t('endsAt', { time: dateTime(flag.until) })]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </Note>
        )
      })}
    </div>
  )
}
