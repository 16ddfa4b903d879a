import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { IconFile, IconSearch, IconTemplate, IconUser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Contact, Template } from '../../../contract/index.ts'
import type { Page } from '../../platform/api/api.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { formatPhone } from '../../platform/format/phone.ts'
import { useMayOpen, useMe } from '../../workspaces/me.ts'
import { type NavigationKey, type NavigationPage, navigation } from './navigation.ts'
import '@mantine/spotlight/styles.layer.css'

// A list longer than the window must scroll by keyboard too.
const reachableList = { viewportProps: { tabIndex: 0 } }

/** Finds any page, contact and template from anywhere. */
export function Search({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('shell')
  const [text, setText] = useState('')
  const pages = usePagesFound(text)
  const { contacts, templates } = useRecordsFound(text.trim())
  const open = useOpen(onClose)
  const isEmpty = pages.length + contacts.length + templates.length === 0
  return (
    <Spotlight.Root
      forceOpened
      query={text}
      onQueryChange={setText}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      attributes={{ content: { 'aria-label': t('search.open') } }}
      maxHeight={420}
    >
      <Spotlight.Search
        placeholder={t('search.placeholder')}
        aria-label={t('search.open')}
        leftSection={<IconSearch size={18} stroke={1.8} />}
      />
      <Spotlight.ActionsList {...reachableList}>
        {pages.length > 0 && (
          <Spotlight.ActionsGroup label={t('search.pages')}>
            {pages.map(({ page, name, icon: Icon }) => (
              <Spotlight.Action
                key={page.to}
                label={name}
                leftSection={<Icon size={18} stroke={1.7} />}
                onClick={() => open.page(page)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {contacts.length > 0 && (
          <Spotlight.ActionsGroup label={t('search.contacts')}>
            {contacts.map((contact) => (
              <Spotlight.Action
                key={contact.id}
                label={contact.name ?? contact.profile_name ?? contact.phone ?? ''}
                description={contact.phone ? formatPhone(contact.phone) : ''}
                leftSection={<IconUser size={18} stroke={1.7} />}
                onClick={() => open.contact(contact)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {templates.length > 0 && (
          <Spotlight.ActionsGroup label={t('search.templates')}>
            {templates.map((template) => (
              <Spotlight.Action
                key={template.id}
                label={template.name}
                description={template.language}
                leftSection={<IconTemplate size={18} stroke={1.7} />}
                onClick={() => open.template(template)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {isEmpty && <Spotlight.Empty>{t('search.nothing', { text })}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

/** Pages whose name, or whose name elsewhere ("Automations"), has the text in it. */
function usePagesFound(text: string) {
  const { t, i18n } = useTranslation('shell')
  const mayOpen = useMayOpen()
  const wanted = text.trim().toLocaleLowerCase()
  const wordsOf = (key: NavigationKey) =>
    i18n.exists(`shell:search.words.${key}`)
      ? i18n.t(`shell:search.words.${key}` as 'shell:search.words.inbox')
      : ''
  return navigation
    .flatMap((item) => [
      { page: item, name: t(`navigation.${item.key}`), icon: item.icon, words: wordsOf(item.key) },
      ...(item.pages ?? [])
        .filter((page) => page.to !== item.to)
        .map((page) => ({
          page,
          name: `${t(`navigation.${item.key}`)} › ${t(`navigation.${page.key}`)}`,
          icon: IconFile,
          words: wordsOf(page.key),
        })),
    ])
    .filter(({ page }) => mayOpen(page))
    .flatMap(({ words, ...entry }) => {
      if (entry.name.toLocaleLowerCase().includes(wanted)) return [entry]
      const word = words.split(', ').find((one) => one.toLocaleLowerCase().includes(wanted))
      return word ? [{ ...entry, name: `${word} → ${entry.name}` }] : []
    })
}

function useRecordsFound(text: string) {
  const api = useApi()
  const [search] = useDebouncedValue(text, 150)
  const isWanted = search.length >= 2
  const contacts = useQuery({
    queryKey: api.key('contact', 'search', search),
    queryFn: ({ signal }) => api.get<Page<Contact>>('/contacts', { search, limit: 5 }, signal),
    enabled: isWanted,
  })
  const templates = useQuery({
    queryKey: api.key('template', 'search', search),
    queryFn: ({ signal }) => api.get<Page<Template>>('/templates', { search, limit: 5 }, signal),
    enabled: isWanted,
  })
  return {
    contacts: isWanted ? (contacts.data?.data ?? []) : [],
    templates: isWanted ? (templates.data?.data ?? []) : [],
  }
}

function useOpen(onClose: () => void) {
  const navigate = useNavigate()
  const { workspace } = useMe()
  const params = { workspace: workspace.slug }
  const leave = (going: Promise<void>) => {
    void going
    onClose()
  }
  return {
    page: (page: NavigationPage) => leave(navigate({ from: '/w/$workspace', to: page.to })),
    contact: (contact: Contact) =>
      leave(navigate({ to: '/w/$workspace/contacts', params, search: { contact: contact.id } })),
    template: (template: Template) =>
      leave(navigate({ to: '/w/$workspace/templates', params, search: { template: template.id } })),
  }
}
