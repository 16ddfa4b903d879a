import { ActionIcon, Checkbox, Menu } from '@mantine/core'
import { IconCircleX, IconDots, IconSend } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { UnsettledMessage } from '../../contract/index.ts'
import { useNumbers } from '../connectors/connectors.ts'
import { contactName } from '../contacts/contact-name.ts'
import { formatPhone } from '../platform/format/phone.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { DataTable } from '../platform/page/data-table.tsx'
import { StateBadge } from '../platform/state/state-badge.tsx'
import { ContactCell, ListCell } from './message-cells.tsx'
import classes from './unsettled.module.css'
import type { Decision } from './unsettled.ts'

interface UnsettledTableProps {
  messages: UnsettledMessage[]
  isMarked: (id: string) => boolean
  onMark: (id: string, isOn: boolean) => void
  onDecide: (decision: Decision['decision'], id: string) => void
}

/** One row per message: to whom, what, since when, and what is known of it. */
export function UnsettledTable({ messages, isMarked, onMark, onDecide }: UnsettledTableProps) {
  const { t } = useTranslation('sending')
  const numbers = useNumbers()
  return (
    <DataTable
      label={t('title')}
      columns={[
        '',
        t('column.contact'),
        t('column.message'),
        t('column.listAndNumber'),
        t('column.since'),
        t('column.known'),
        '',
      ]}
    >
      {messages.map((message) => (
        <tr key={message.id}>
          <td className={classes.mark}>
            <Checkbox
              aria-label={t('select.one', { name: contactName(message.contact) })}
              checked={isMarked(message.id)}
              onChange={(event) => onMark(message.id, event.currentTarget.checked)}
            />
          </td>
          <td className={classes.contact}>
            <ContactCell contact={message.contact} />
          </td>
          <td data-label={t('column.message')} className={classes.message}>
            <span className={classes.preview} dir="auto">
              {message.preview}
            </span>
            {message.category && <span className={classes.quiet}>{message.category}</span>}
          </td>
          <td data-label={t('column.listAndNumber')} className={classes.list}>
            <div>
              <ListCell list={message.list} />
              <span className={`numeric ${classes.quiet}`}>
                {formatPhone(numbers.get(message.number_id)?.phone ?? '')}
              </span>
            </div>
          </td>
          <td data-label={t('column.since')} className={classes.time}>
            <TimeText at={message.since} look="relative" />
          </td>
          <td data-label={t('column.known')} className={classes.known}>
            <StateBadge state={message.state} label={t(`state.${message.state}`)} size="sm" />
            <span className={classes.quiet}>
              {t(`reason.${message.reason}`)}
              {message.attempts > 1 && ` ${t('attempts', { count: message.attempts })}`}
            </span>
          </td>
          <td className={classes.menu}>
            <DecideMenu name={contactName(message.contact)} onDecide={(one) => onDecide(one, message.id)} />
          </td>
        </tr>
      ))}
    </DataTable>
  )
}

function DecideMenu({ name, onDecide }: { name: string; onDecide: (one: Decision['decision']) => void }) {
  const { t } = useTranslation('sending')
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={t('act.menu', { name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCircleX size={16} />} onClick={() => onDecide('not_sent')}>
          {t('act.notSent')}
        </Menu.Item>
        <Menu.Item leftSection={<IconSend size={16} />} onClick={() => onDecide('resend')}>
          {t('act.resend')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
