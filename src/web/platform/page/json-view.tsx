import { SegmentedControl, UnstyledButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from './copy-button.tsx'
import classes from './json-view.module.css'

/** A body to be read: in lines, or to the letter as it came. */
export function JsonView({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation('shell')
  const [look, setLook] = useState('lines')
  const lines = inLines(text)
  return (
    <div className={classes.view}>
      <div className={classes.bar}>
        <span className={classes.label}>{label}</span>
        {lines !== null && (
          <SegmentedControl
            size="xs"
            aria-label={label}
            value={look}
            onChange={setLook}
            data={[
              { value: 'lines', label: t('json.lines') },
              { value: 'raw', label: t('json.raw') },
            ]}
          />
        )}
        <CopyButton value={text} timeout={1600}>
          {({ copied, copy }) => (
            <UnstyledButton className={classes.copy} onClick={copy} aria-label={t('copy.named', { label })}>
              {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
            </UnstyledButton>
          )}
        </CopyButton>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <pre className={classes.text} tabIndex={0} data-wrap={look === 'raw' || undefined} dir="ltr">
        {look === 'lines' && lines !== null ? lines : text}
      </pre>
    </div>
  )
}

function inLines(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return null
  }
}
