import { Button, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactImport } from '../../../contract/index.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { FormFoot, Section } from '../../platform/page/section.tsx'
import { ColumnTable } from './column-table.tsx'
import classes from './import.module.css'
import { ImportOptions } from './import-options.tsx'
import { ImportProgress } from './import-progress.tsx'
import { useChooseMatch, useImportAct } from './imports.ts'
import { draftOf, type MatchDraft, matchOf, problemOf } from './match-draft.ts'
import { RefusedRows } from './refused-rows.tsx'

/** What each column becomes, how many people that makes, and which rows are left out: each change is checked at once. */
export function PrepareImport({ one }: { one: ContactImport }) {
  const { t } = useTranslation('contacts')
  const [draft, setDraft] = useState(() => draftOf(one.columns, one.match))
  const choose = useChooseMatch(one.id)
  const start = useImportAct(one.id, 'start')
  const problem = problemOf(draft)
  const change = (next: MatchDraft) => {
    setDraft(next)
    if (problemOf(next) === null) choose.mutate(matchOf(next))
  }
  const good = one.rows - one.rows_refused
  const isChecking = one.state === 'checking'
  return (
    <>
      {isChecking ? (
        <ImportProgress one={one} />
      ) : (
        <Answer one={one} hasPeople={problem?.code !== 'nobody'} />
      )}
      <Section flush title={t('import.match.title')} text={t('import.match.text')}>
        <ColumnTable one={one} draft={draft} problem={problem} onChange={change} />
      </Section>
      <ImportOptions draft={draft} onChange={change} />
      {problem === null && <RefusedRows one={one} />}
      {(choose.error ?? start.error) && <ErrorNote error={choose.error ?? start.error} />}
      <FormFoot>
        <DiscardButton id={one.id} />
        <Button
          loading={start.isPending}
          disabled={problem !== null || isChecking || choose.isPending || good === 0}
          onClick={() => start.mutate()}
        >
          {isChecking ? t('import.title') : t('import.start', { count: good, n: formatNumber(good) })}
        </Button>
      </FormFoot>
    </>
  )
}

function Answer({ one, hasPeople }: { one: ContactImport; hasPeople: boolean }) {
  const { t } = useTranslation('contacts')
  if (!hasPeople) {
    return (
      <Text mb="md" c="red" role="status">
        {t('import.nobody')}
      </Text>
    )
  }
  const good = one.rows - one.rows_refused
  const parts = { created: formatNumber(good - one.rows_known), known: formatNumber(one.rows_known) }
  return (
    <p className={classes.answer} role="status">
      <strong className="numeric">{formatNumber(good)}</strong>
      <span>
        {t('import.will', { count: good })}: {t('import.willParts', parts)}
        {one.rows_refused > 0 &&
          ` ${t('import.willRefused', { count: one.rows_refused, n: formatNumber(one.rows_refused) })}`}
      </span>
    </p>
  )
}

function DiscardButton({ id }: { id: string }) {
  const { t } = useTranslation('contacts')
  const navigate = useNavigate({ from: '/w/$workspace' })
  const discard = useImportAct(id, 'cancel')
  return (
    <Button
      variant="default"
      loading={discard.isPending}
      onClick={() =>
        discard.mutate(undefined, {
          onSuccess: () => {
            notifications.show({ message: t('import.discarded') })
            void navigate({ to: '/w/$workspace/contacts/import' })
          },
        })
      }
    >
      {t('import.discard')}
    </Button>
  )
}
