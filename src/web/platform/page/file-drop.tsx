import { Progress, Text } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { type DragEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatShare } from '../format/number.ts'
import classes from './file-drop.module.css'

interface FileDropProps {
  onFile: (file: File) => void
  /** How much of the file has gone up, from 0 to 1; null while nothing does. */
  progress: number | null
}

/** A file dropped, or chosen by click or key. */
export function FileDrop({ onFile, progress }: FileDropProps) {
  const { t } = useTranslation('shell')
  const id = useId()
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file && progress === null) onFile(file)
  }
  return (
    <label
      htmlFor={id}
      className={classes.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <span className={classes.icon} aria-hidden>
        <IconFileSpreadsheet size={28} stroke={1.6} />
      </span>
      <Text fw={600}>
        {progress === null ? t('fileDrop.drop') : t('fileDrop.uploading', { share: formatShare(progress) })}
      </Text>
      <Text size="sm" c="dimmed">
        {t('fileDrop.formats')}
      </Text>
      {progress !== null && (
        <Progress value={progress * 100} w={240} mt="sm" aria-label={t('fileDrop.progress')} />
      )}
      <input
        id={id}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
        className="visually-hidden"
        disabled={progress !== null}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          if (file) onFile(file)
          // The same file may be chosen again after it was mended.
          event.currentTarget.value = ''
        }}
      />
    </label>
  )
}
