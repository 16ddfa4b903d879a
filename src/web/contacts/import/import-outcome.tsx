import { Group, Text } from '@mantine/core'
import { IconFileX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactImport } from '../../../contract/index.ts'
import { useApi } from '../../platform/api/use-api.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { EmptyState } from '../../platform/page/empty-state.tsx'
import { LinkButton } from '../../platform/page/link-button.tsx'
import classes from './import.module.css'

/** What came of it, and where to go from here. */
export function ImportOutcome({ one }: { one: ContactImport }) {
  const { t } = useTranslation('contacts')
  useContactsReadAnew(one)
  if (one.state === 'failed') {
    return (
      <EmptyState
        boxed
        isError
        icon={IconFileX}
        title={t('import.failed')}
        text={one.error ?? ''}
        action={<Another />}
      />
    )
  }
  const [created, updated] = [formatNumber(one.created), formatNumber(one.updated)]
  if (one.state === 'cancelled') {
    return (
      <>
        <Text mb="md">{t('import.cancelled', { created, updated })}</Text>
        <Another />
      </>
    )
  }
  const done = one.rows - one.rows_refused
  const same = formatNumber(done - one.created - one.updated)
  return (
    <>
      <p className={classes.answer}>
        <strong className="numeric">{formatNumber(done)}</strong>
        <span>
          {t('import.done', { count: done })}: {t('import.doneParts', { created, updated, same })}
        </span>
      </p>
      <Group mb="xl">
        <LinkButton from="/w/$workspace" to="/w/$workspace/contacts">
          {t('import.toContacts')}
        </LinkButton>
        <Another />
      </Group>
    </>
  )
}

function Another() {
  const { t } = useTranslation('contacts')
  return (
    <LinkButton variant="default" from="/w/$workspace" to="/w/$workspace/contacts/import">
      {t('import.another')}
    </LinkButton>
  )
}

/** The list of people may be in memory as it was before. */
function useContactsReadAnew({ id }: ContactImport): void {
  const api = useApi()
  const queries = useQueryClient()
  useEffect(() => {
    if (id) void queries.invalidateQueries({ queryKey: api.key('contact') })
  }, [api, queries, id])
}
