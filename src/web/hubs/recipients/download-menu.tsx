import { Button, Menu, Text } from '@mantine/core'
import { IconChevronDown, IconDownload, IconFileSpreadsheet, IconFileTypeCsv } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { List } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import type { RecipientFilter } from './filter.ts'

const formats = [
  { format: 'xlsx', icon: IconFileSpreadsheet },
  { format: 'csv', icon: IconFileTypeCsv },
] as const

/** The rows of the filter as a file of the person's choice. */
export function DownloadMenu({ list, filter }: { list: List; filter: RecipientFilter }) {
  const { t } = useTranslation('hubs')
  const api = useApi()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconDownload size={16} />}
          rightSection={<IconChevronDown size={14} />}
        >
          {t('recipients.download')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map(({ format, icon: Icon }) => (
          <Menu.Item
            key={format}
            component="a"
            href={api.url(`/lists/${list.id}/export`, { format, state: filter.state, reason: filter.reason })}
            download
            leftSection={<Icon size={18} />}
          >
            {t(`recipients.as.${format}`)}
            <Text size="xs" c="dimmed">
              {t(`recipients.asHint.${format}`)}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
