import { Anchor } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

const ErrorCodeDrawer = lazy(() =>
  import('./error-code-drawer.tsx').then((file) => ({ default: file.ErrorCodeDrawer })),
)

/** "Code 131026" behind a failure; pressed, it explains the code beside the page. */
export function ErrorCodeButton({ code, className }: { code: string; className?: string | undefined }) {
  const { t } = useTranslation('shell')
  const [wasOpened, setOpened] = useState(false)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Anchor
        component="button"
        type="button"
        className={className}
        aria-label={t('errorCode.open', { code })}
        onClick={() => {
          setOpened(true)
          setOpen(true)
        }}
      >
        {t('errorCode.name', { code })}
      </Anchor>
      {wasOpened && (
        <Suspense>
          <ErrorCodeDrawer code={code} isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
