import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChangeConsent, ConsentScope, Contact } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'
import { ErrorNote } from '../platform/page/error-state.tsx'

interface ConsentModalProps {
  contact: Contact
  act: 'out' | 'in'
  isOpen: boolean
  onClose: () => void
}

const usualReasons = ['phone', 'mail', 'form'] as const

/** Asks what the person said, and how we know; then it is recorded. */
export function ConsentModal({ contact, act, isOpen, onClose }: ConsentModalProps) {
  const { t } = useTranslation('shell')
  return (
    <Modal opened={isOpen} onClose={onClose} title={t(`consent.${act}.title`)}>
      <ConsentForm contact={contact} act={act} onClose={onClose} />
    </Modal>
  )
}

function ConsentForm({ contact, act, onClose }: Omit<ConsentModalProps, 'isOpen'>) {
  const { t } = useTranslation('shell')
  const isFromAll = contact.opted_out_all_at !== null
  const [scope, setScope] = useState<ConsentScope>('all')
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const record = useRecord(contact.id, act, onClose)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // An opt-in must be proven one day, an opt-out needs no proof.
    if (act === 'in' && reason.trim() === '') setMissing(true)
    else record.mutate({ scope, ...(reason.trim() ? { reason: reason.trim() } : {}) })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">
          {act === 'in' && !isFromAll ? t('consent.in.marketing') : t(`consent.${act}.text`)}
        </Text>
        {act === 'out' && <ScopeChoice contact={contact} scope={scope} onChange={setScope} />}
        <ReasonField
          act={act}
          value={reason}
          error={isMissing && reason.trim() === '' ? t('consent.in.reasonMissing') : undefined}
          onChange={setReason}
        />
        {record.error && <ErrorNote error={record.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={record.isPending}>
            {t(`consent.${act}.confirm`)}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface ReasonFieldProps {
  act: 'out' | 'in'
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

/** Free words, and the usual ones at a press. */
function ReasonField({ act, value, error, onChange }: ReasonFieldProps) {
  const { t } = useTranslation('shell')
  return (
    <div>
      <TextInput
        label={t('consent.reason')}
        description={t(`consent.${act}.reasonText`)}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
        required={act === 'in'}
        maxLength={500}
        dir="auto"
        data-autofocus
      />
      <Group gap={6} mt={8}>
        {usualReasons.map((usual) => (
          <Button
            key={usual}
            variant="default"
            size="compact-xs"
            fw={500}
            onClick={() => onChange(t(`consent.${act}.${usual}`))}
          >
            {t(`consent.${act}.${usual}`)}
          </Button>
        ))}
      </Group>
    </div>
  )
}

interface ScopeChoiceProps {
  contact: Contact
  scope: ConsentScope
  onChange: (scope: ConsentScope) => void
}

/** Who wants no marketing already can only be opted out of everything. */
function ScopeChoice({ contact, scope, onChange }: ScopeChoiceProps) {
  const { t } = useTranslation('shell')
  if (contact.opted_out_marketing_at !== null) return null
  return (
    <Radio.Group
      label={t('consent.scope')}
      value={scope}
      onChange={(value) => onChange(value === 'marketing' ? 'marketing' : 'all')}
    >
      <Stack gap={8} mt={6}>
        <Radio value="all" label={t('consent.all')} description={t('consent.allText')} />
        <Radio value="marketing" label={t('consent.marketing')} description={t('consent.marketingText')} />
      </Stack>
    </Radio.Group>
  )
}

function useRecord(id: string, act: 'out' | 'in', onDone: () => void) {
  const { t } = useTranslation('shell')
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: ChangeConsent) => api.post<Contact>(`/contacts/${id}/opt-${act}`, body),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: api.key('contact') })
      notifications.show({ message: t(`consent.${act}.done`) })
      onDone()
    },
  })
}
