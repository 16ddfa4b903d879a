import { ActionIcon, Anchor, Progress } from '@mantine/core'
import { IconFile, IconMusic, IconPhoto, IconVideo, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { fileKinds } from '../../contract/file-kinds.ts'
import { formatBytes } from '../platform/format/bytes.ts'
import { formatShare } from '../platform/format/number.ts'
import { useErrorWords } from '../platform/page/error-state.tsx'
import classes from './attachment-tray.module.css'
import type { Attachment, Attachments } from './attachments.ts'

/** The files that go with the next reply: what they are, how far they are, and the way out when one fails. */
export function AttachmentTray({ attachments, retry, remove }: Attachments) {
  const { t } = useTranslation('inbox')
  if (attachments.length === 0) return null
  return (
    <ul className={classes.tray} aria-label={t('attach.tray')}>
      {attachments.map((one) => (
        <li key={one.key} className={classes.item} data-tone={one.fault || one.error ? 'red' : undefined}>
          <Preview attachment={one} />
          <div className={classes.words}>
            <div className={classes.name} dir="auto">
              {one.file.name}
            </div>
            <State attachment={one} onRetry={() => retry(one)} />
          </div>
          <ActionIcon
            size="sm"
            onClick={() => remove(one)}
            aria-label={t('attach.remove', { name: one.file.name })}
          >
            <IconX size={15} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  )
}

const icons = { image: IconPhoto, video: IconVideo, audio: IconMusic, document: IconFile }

function Preview({ attachment: { kind, preview } }: { attachment: Attachment }) {
  if (preview !== null && kind === 'image') return <img className={classes.picture} src={preview} alt="" />
  if (preview !== null && kind === 'video') return <video className={classes.picture} src={preview} muted />
  const Icon = icons[kind ?? 'document']
  return (
    <span className={classes.icon} aria-hidden>
      <Icon size={20} stroke={1.7} />
    </span>
  )
}

function State({ attachment, onRetry }: { attachment: Attachment; onRetry: () => void }) {
  const { t } = useTranslation('inbox')
  const words = useErrorWords(attachment.error)
  const { file, kind, fault, error, uploaded, progress } = attachment
  const size = formatBytes(file.size)
  if (fault !== null) {
    const max = kind === null ? '' : formatBytes(fileKinds[kind].bytesMax)
    return (
      <div className={classes.state} role="alert">
        {t(`attach.${fault}`, { size, max })}
      </div>
    )
  }
  if (error !== null) {
    return (
      <div className={classes.state} role="alert">
        {words.text}{' '}
        <Anchor component="button" size="xs" onClick={onRetry}>
          {t('attach.retry')}
        </Anchor>
      </div>
    )
  }
  if (uploaded !== null) {
    return (
      <div className={classes.state}>
        {size} · {t('attach.ready')}
      </div>
    )
  }
  const isUp = progress >= 1
  const label = isUp ? t('attach.handing') : t('attach.uploading', { share: formatShare(progress) })
  return (
    <div className={classes.state}>
      {label}
      <Progress value={progress * 100} size={4} mt={4} animated={isUp} aria-label={label} />
    </div>
  )
}
