import { Button } from '@mantine/core'
import { IconDownload, IconFileImport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../platform/api/use-api.ts'
import { LinkButton } from '../platform/page/link-button.tsx'
import { useCan } from '../workspaces/me.ts'
import type { PeopleFilter } from './filter.ts'

interface PeopleActionsProps {
  filter: PeopleFilter
  hasPeople: boolean
}

/** A file in, a file out: the latter has whom the page shows. */
export function PeopleActions({ filter: { search, consent }, hasPeople }: PeopleActionsProps) {
  const { t } = useTranslation('contacts')
  const api = useApi()
  if (!useCan('supervisor')) return null
  return (
    <>
      {hasPeople && (
        <Button
          component="a"
          href={api.url('/contacts/export', { search, consent })}
          download
          variant="default"
          title={t('export.what')}
          leftSection={<IconDownload size={16} />}
        >
          {t('export.button')}
        </Button>
      )}
      <LinkButton
        from="/w/$workspace"
        to="/w/$workspace/contacts/import"
        leftSection={<IconFileImport size={16} />}
      >
        {t('import.button')}
      </LinkButton>
    </>
  )
}
