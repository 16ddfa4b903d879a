import { IconFile, IconMicrophone, IconMusic, IconPhoto, IconSticker, IconVideo } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MessageContent } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { textAt } from './content.ts'
import classes from './message-content.module.css'
import { WhatsAppText } from './whatsapp-text.tsx'

type MediaKind = 'image' | 'video' | 'audio' | 'voice' | 'sticker' | 'document'

/** A file with its caption; until the hub has fetched it, a card says so. */
export function MediaContent({ kind, content }: { kind: MediaKind; content: MessageContent }) {
  const api = useApi()
  const part = content[kind]
  const caption = textAt(part, 'caption')
  const source = content.media_id ? api.url(`/media/${content.media_id}`) : textAt(part, 'link')
  const name = textAt(part, 'filename')
  return (
    <>
      {source === '' ? (
        <NotHere
          kind={isVoice(kind, part) ? 'voice' : kind}
          name={name}
          isMissing={content.media_missing === true}
        />
      ) : (
        <File kind={kind} source={source} name={name} caption={caption} />
      )}
      {caption && (
        <div className={classes.caption}>
          <WhatsAppText text={caption} />
        </div>
      )}
    </>
  )
}

/** WhatsApp sends a voice message as audio that says so. */
function isVoice(kind: MediaKind, part: unknown): boolean {
  return kind === 'audio' && typeof part === 'object' && part !== null && Reflect.get(part, 'voice') === true
}

interface FileProps {
  kind: MediaKind
  source: string
  name: string
  caption: string
}

function File({ kind, source, name, caption }: FileProps) {
  const { t } = useTranslation('messages')
  switch (kind) {
    case 'image':
      return (
        <a href={source} target="_blank" rel="noreferrer">
          <img className={classes.picture} src={source} alt={caption || t('kind.image')} loading="lazy" />
        </a>
      )
    case 'sticker':
      return <img className={classes.sticker} src={source} alt={t('kind.sticker')} loading="lazy" />
    case 'video':
      // biome-ignore lint/a11y/useMediaCaption: customers send no subtitles
      return <video className={classes.picture} src={source} controls preload="metadata" />
    case 'audio':
    case 'voice':
      // biome-ignore lint/a11y/useMediaCaption: customers send no subtitles
      return <audio className={classes.player} src={source} controls preload="none" />
    case 'document':
      return (
        <a className={classes.card} href={source} target="_blank" rel="noreferrer">
          <IconFile size={22} aria-hidden />
          <span>{name || t('kind.document')}</span>
        </a>
      )
  }
}

const icons = {
  image: IconPhoto,
  video: IconVideo,
  audio: IconMusic,
  voice: IconMicrophone,
  sticker: IconSticker,
  document: IconFile,
} as const satisfies Record<MediaKind, typeof IconFile>

function NotHere({ kind, name, isMissing }: { kind: MediaKind; name: string; isMissing: boolean }) {
  const { t } = useTranslation('messages')
  const Icon = icons[kind]
  return (
    <div className={classes.card}>
      <Icon size={22} aria-hidden />
      <div>
        <div>{name || t(`kind.${kind}`)}</div>
        <div className={classes.quiet}>{t(isMissing ? 'media.gone' : 'media.fetching')}</div>
      </div>
    </div>
  )
}
