import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { fileKindNames, fileKinds } from '../../contract/file-kinds.ts'

const accepted = fileKindNames.flatMap((kind) => fileKinds[kind].types).join(',')

/** Chooses files; what WhatsApp takes is told before. */
export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation('inbox')
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Tooltip label={`${t('attach.button')}. ${t('attach.limits')}.`} multiline w={300}>
        <ActionIcon size={38} onClick={() => input.current?.click()} aria-label={t('attach.button')}>
          <IconPaperclip size={20} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={accepted}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])])
          // The same file may be chosen again.
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
