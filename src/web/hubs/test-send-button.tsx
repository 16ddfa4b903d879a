import { Button, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCircleCheck, IconDeviceMobileMessage } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { List } from '../../contract/index.ts'
import { fieldErrors } from '../platform/api/field-errors.ts'
import { useApi } from '../platform/api/use-api.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'
import { Note } from '../platform/page/note.tsx'

/** Sends the message of one row to a phone of one's own. */
export function TestSendButton({ list }: { list: List }) {
  const { t } = useTranslation('hubs')
  const [isOpen, modal] = useDisclosure()
  return (
    <>
      <Button variant="default" leftSection={<IconDeviceMobileMessage size={16} />} onClick={modal.open}>
        {t('test.open')}
      </Button>
      <Modal opened={isOpen} onClose={modal.close} title={t('test.title')}>
        <TestSendForm list={list} onClose={modal.close} />
      </Modal>
    </>
  )
}

function TestSendForm({ list, onClose }: { list: List; onClose: () => void }) {
  const { t } = useTranslation(['hubs', 'shell'])
  const api = useApi()
  const [to, setTo] = useState('')
  const [row, setRow] = useState(1)
  const send = useMutation({
    mutationFn: () =>
      api.post<List>(`/lists/${list.id}/test-send`, { to: to.replace(/[^0-9]/g, ''), row_number: row }),
  })
  const faults = fieldErrors(send.error)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <Stack>
        {send.error && Object.keys(faults).length === 0 && <ErrorNote error={send.error} />}
        {send.isSuccess && (
          <Note tone="teal" icon={IconCircleCheck}>
            {t('test.sent')}
          </Note>
        )}
        <TextInput
          data-autofocus
          label={t('test.to')}
          description={t('test.toHint')}
          inputMode="tel"
          value={to}
          error={faults.to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <NumberInput
          label={t('test.row')}
          description={t('test.rowHint')}
          min={1}
          max={Math.max(1, list.rows)}
          value={row}
          error={faults.row_number}
          allowDecimal={false}
          onChange={(value) => setRow(Number(value) || 1)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('shell:close')}
          </Button>
          <Button type="submit" loading={send.isPending} disabled={to.trim() === ''}>
            {t('test.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
