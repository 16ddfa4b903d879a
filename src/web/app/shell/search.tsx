import { Spotlight } from '@mantine/spotlight'
import { IconFile, IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMayOpen } from '../../workspaces/me.ts'
import { type NavigationKey, navigation } from './navigation.ts'
import { useFoundRecords } from './search-records.ts'
import '@mantine/spotlight/styles.layer.css'

// A list longer than the window must scroll by keyboard too.
const reachableList = { viewportProps: { tabIndex: 0 } }

/** Finds any page, contact, list and template from anywhere. */
export function Search({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('shell')
  const [text, setText] = useState('')
  const pages = usePagesFound(text)
  const records = useFoundRecords(text.trim())
  const navigate = useNavigate()
  const isEmpty = pages.length + records.length === 0
  const leave = (going: Promise<void>) => {
    void going
    onClose()
  }
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
                onClick={() => leave(navigate({ from: '/w/$workspace', to: page.to }))}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {records.map(({ label, icon: Icon, records }) => (
          <Spotlight.ActionsGroup key={label} label={label}>
            {records.map((record) => (
              <Spotlight.Action
                key={record.id}
                label={record.name}
                description={record.description}
                leftSection={<Icon size={18} stroke={1.7} />}
                onClick={() => leave(record.open())}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
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
