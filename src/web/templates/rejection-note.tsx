import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { plainWord } from '../platform/format/plain-word.ts'
import { Note } from '../platform/page/note.tsx'

/** As `message_template_status_update` and the template itself tell them. */
const known = [
  'ABUSIVE_CONTENT',
  'CATEGORY_NOT_AVAILABLE',
  'INCORRECT_CATEGORY',
  'INVALID_FORMAT',
  'PROMOTIONAL',
  'SCAM',
  'TAG_CONTENT_MISMATCH',
] as const

/** Why a template was rejected and what to do about it; in the provider's words where there are none of ours. */
export function RejectionNote({ reason }: { reason: string }) {
  const { t } = useTranslation('templates')
  const code = known.find((one) => one === reason)
  return (
    <Note tone="red" icon={IconAlertTriangle} title={t('rejected')}>
      {code ? (
        <>
          {t(`rejection.${code}`)} <code>{code}</code>
        </>
      ) : (
        plainWord(reason)
      )}
    </Note>
  )
}
