import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBell, IconBellOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Contact } from '../../contract/index.ts'
import { dateTime } from '../platform/format/time.ts'
import { ConsentModal } from './consent-modal.tsx'
import classes from './contact-facts.module.css'

/** How the person stands to our messages, and the way to record that it is otherwise now. */
export function ConsentActions({ contact }: { contact: Contact }) {
  const { t } = useTranslation('shell')
  const [isOut, optingOut] = useDisclosure()
  const [isIn, optingIn] = useDisclosure()
  const { opted_out_all_at: all, opted_out_marketing_at: marketing } = contact
  return (
    <>
      {all && <OptedOut text={t('contact.optedOutAll', { time: dateTime(all) })} />}
      {!all && marketing && <OptedOut text={t('contact.optedOutMarketing', { time: dateTime(marketing) })} />}
      <div className={classes.actions}>
        {!all && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconBellOff size={15} />}
            onClick={optingOut.open}
          >
            {t('consent.out.do')}
          </Button>
        )}
        {(all ?? marketing) && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconBell size={15} />}
            onClick={optingIn.open}
          >
            {t('consent.in.do')}
          </Button>
        )}
      </div>
      <ConsentModal contact={contact} act="out" isOpen={isOut} onClose={optingOut.close} />
      <ConsentModal contact={contact} act="in" isOpen={isIn} onClose={optingIn.close} />
    </>
  )
}

function OptedOut({ text }: { text: string }) {
  return (
    <div className={classes.optedOut} data-tone="amber">
      <IconBellOff size={15} aria-hidden />
      {text}
    </div>
  )
}
