import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePageTitle } from '../platform/page/page-header.tsx'
import classes from './door-frame.module.css'

/** The frame of sign-in, set-up and invitation: the form, and beside it what this is. */
export function DoorFrame({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  const { t } = useTranslation('workspaces')
  usePageTitle(title)
  return (
    <div className={classes.frame}>
      <main className={classes.form}>
        <img src="/favicon.svg" width={40} height={40} alt="" />
        <Title order={1} mt="lg" fz={24}>
          {title}
        </Title>
        {text && (
          <Text c="dimmed" mt={6} mb="xl">
            {text}
          </Text>
        )}
        {children}
      </main>
      <aside className={classes.poster}>
        <div className={classes.bubbles} aria-hidden>
          <p className={classes.in}>{t('poster.in')}</p>
          <p className={classes.out}>{t('poster.out')}</p>
          <p className={classes.in}>{t('poster.thanks')}</p>
        </div>
        <p className={classes.claim}>{t('poster.claim')}</p>
        <p className={classes.below}>{t('poster.below')}</p>
      </aside>
    </div>
  )
}
