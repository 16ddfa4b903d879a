import { TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Contact } from '../../contract/index.ts'
import { useApi } from '../platform/api/use-api.ts'

/** The name we give the person; saved when the field is left. Empty shows the name of their WhatsApp profile. */
export function ContactNameField({ contact }: { contact: Contact }) {
  const { t } = useTranslation('shell')
  const api = useApi()
  const queries = useQueryClient()
  const [name, setName] = useState(contact.name ?? '')
  const save = useMutation({
    mutationFn: (value: string) => api.patch<Contact>(`/contacts/${contact.id}`, { name: value || null }),
    onSuccess: () =>
      Promise.all(
        ['contact', 'conversation'].map((topic) => queries.invalidateQueries({ queryKey: api.key(topic) })),
      ),
  })
  const saveIfChanged = () => {
    if (name.trim() !== (contact.name ?? '')) save.mutate(name.trim())
  }
  return (
    <TextInput
      label={t('contact.name')}
      placeholder={contact.profile_name ?? ''}
      description={
        contact.profile_name ? t('contact.profileName', { name: contact.profile_name }) : undefined
      }
      value={name}
      error={save.error?.message}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={saveIfChanged}
      onKeyDown={(event) => event.key === 'Enter' && saveIfChanged()}
      maxLength={200}
      dir="auto"
    />
  )
}
