import { Button } from '@mantine/core'
import { IconLock, IconTemplate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './composer.module.css'

/** In place of the text field once 24 hours have passed: why, and the one thing that still goes. */
export function ClosedWindow({ hasWritten, onTemplate }: { hasWritten: boolean; onTemplate: () => void }) {
  const { t } = useTranslation('inbox')
  return (
    <div className={classes.closed} data-tone="amber" role="status">
      <IconLock size={20} aria-hidden />
      <div className={classes.closedText}>
        <div className={classes.closedTitle}>{hasWritten ? t('closed.title') : t('closed.neverTitle')}</div>
        <div>{t('closed.text')}</div>
      </div>
      <Button leftSection={<IconTemplate size={17} />} onClick={onTemplate}>
        {t('closed.send')}
      </Button>
    </div>
  )
}
