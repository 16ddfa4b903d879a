import { useDebouncedValue } from '@mantine/hooks'
import { IconListDetails, IconTemplate, IconUser, type TablerIcon } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Contact, List, Template } from '../../../contract/index.ts'
import { isInPreparation } from '../../hubs/hubs.ts'
import type { Page } from '../../platform/api/api.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { formatPhone } from '../../platform/format/phone.ts'
import { useCan, useMe } from '../../workspaces/me.ts'

export interface FoundRecord {
  id: string
  name: string
  description: string
  open: () => Promise<void>
}
export interface FoundGroup {
  label: string
  icon: TablerIcon
  records: FoundRecord[]
}

const lengthMin = 2
const recordsMax = 5

/** Contacts, lists and templates with the text in their names; groups without any are left out. */
export function useFoundRecords(text: string): FoundGroup[] {
  const { t } = useTranslation('shell')
  const contacts = useFound<Contact>('contact', '/contacts', text)
  const lists = useFound<List>('list', '/lists', text, useCan('supervisor'))
  const templates = useFound<Template>('template', '/templates', text)
  const open = useOpenRecord()
  const groups: FoundGroup[] = [
    {
      label: t('search.contacts'),
      icon: IconUser,
      records: contacts.map((contact) => ({
        id: contact.id,
        name: contact.name ?? contact.profile_name ?? contact.phone ?? '',
        description: contact.phone ? formatPhone(contact.phone) : '',
        open: () => open.contact(contact),
      })),
    },
    {
      label: t('search.lists'),
      icon: IconListDetails,
      records: lists.map((list) => ({
        id: list.id,
        name: list.name,
        description: list.hub_name,
        open: () => open.list(list),
      })),
    },
    {
      label: t('search.templates'),
      icon: IconTemplate,
      records: templates.map((template) => ({
        id: template.id,
        name: template.name,
        description: template.language,
        open: () => open.template(template),
      })),
    },
  ]
  return groups.filter(({ records }) => records.length > 0)
}

function useFound<Item>(topic: string, path: string, text: string, isAllowed = true): Item[] {
  const api = useApi()
  const [search] = useDebouncedValue(text, 150)
  const isWanted = isAllowed && search.length >= lengthMin
  const { data } = useQuery({
    queryKey: api.key(topic, 'search', search),
    queryFn: ({ signal }) => api.get<Page<Item>>(path, { search, limit: recordsMax }, signal),
    enabled: isWanted,
  })
  return isWanted ? (data?.data ?? []) : []
}

function useOpenRecord() {
  const navigate = useNavigate()
  const { workspace } = useMe()
  const params = { workspace: workspace.slug }
  return {
    contact: ({ id }: Contact) => navigate({ to: '/w/$workspace/contacts', params, search: { contact: id } }),
    template: ({ id }: Template) =>
      navigate({ to: '/w/$workspace/templates', params, search: { template: id } }),
    list: (list: List) => {
      const of = { ...params, hubId: list.hub_id, listId: list.id }
      return isInPreparation(list)
        ? navigate({
            to: '/w/$workspace/hubs/$hubId/lists/$listId/prepare',
            params: of,
            search: { step: 'match' },
          })
        : navigate({ to: '/w/$workspace/hubs/$hubId/lists/$listId', params: of })
    },
  }
}
