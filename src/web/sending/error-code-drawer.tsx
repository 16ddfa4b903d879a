import { Drawer, Stack, Text } from '@mantine/core'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorCodeEntry } from '../../contract/index.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { LinkButton } from '../platform/page/link-button.tsx'
import { LoadingRows } from '../platform/page/loading.tsx'
import classes from './error-code-drawer.module.css'
import { useErrorCodes } from './error-codes.ts'

interface ErrorCodeDrawerProps {
  code: string
  isOpen: boolean
  onClose: () => void
}

/** What a code means, who can act, and what Parley does by itself; for pages that show failures. */
export function ErrorCodeDrawer({ code, isOpen, onClose }: ErrorCodeDrawerProps) {
  const { t } = useTranslation('shell')
  return (
    <Drawer opened={isOpen} onClose={onClose} title={t('errorCode.name', { code })} size={460}>
      {/* The page around it has not read the texts of this room. */}
      <Suspense fallback={<LoadingRows count={4} />}>
        <Explanation code={code} onLeave={onClose} />
      </Suspense>
    </Drawer>
  )
}

function Explanation({ code, onLeave }: { code: string; onLeave: () => void }) {
  const { t } = useTranslation('sending')
  const { data: codes, error } = useErrorCodes()
  if (error) return <ErrorNote error={error} />
  if (!codes) return <LoadingRows count={4} />
  const entry = codes.find((one) => one.code === code)
  return (
    <Stack>
      {entry ? <Words entry={entry} /> : <Text>{t('codes.drawer.unknown')}</Text>}
      <div>
        <LinkButton
          variant="default"
          from="/w/$workspace"
          to="/w/$workspace/numbers/error-codes"
          onClick={onLeave}
        >
          {t('codes.drawer.all')}
        </LinkButton>
      </div>
    </Stack>
  )
}

function Words({ entry }: { entry: ErrorCodeEntry }) {
  const { t } = useTranslation('sending')
  return (
    <dl className={classes.words}>
      <dt>{t('codes.column.reason')}</dt>
      <dd>{entry.reason}</dd>
      <dt>{t('codes.column.advice')}</dt>
      <dd>{entry.advice ?? t('codes.noAdvice')}</dd>
      <dt>{t('codes.column.who')}</dt>
      <dd>
        {t(`codes.whoActs.${entry.who_acts}`)}
        <span>{t(`codes.whoHint.${entry.who_acts}`)}</span>
      </dd>
      <dt>{t('codes.column.policy')}</dt>
      <dd>
        {t(`codes.does.${entry.policy}`)}
        <span>{t(`codes.doesHint.${entry.policy}`)}</span>
      </dd>
      <dt>{t('codes.drawer.words')}</dt>
      <dd>
        {t(`codes.provider.${entry.provider}`)}: {entry.title}
      </dd>
    </dl>
  )
}
