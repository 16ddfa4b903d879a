import { Progress, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { NumberDetail } from '../../../contract/index.ts'
import { formatList, formatNumber } from '../../platform/format/number.ts'
import { formatPhone } from '../../platform/format/phone.ts'
import { timeAhead } from '../../platform/format/time.ts'
import { Section } from '../../platform/page/section.tsx'
import { useNumbers } from '../connectors.ts'
import { FreeingChart } from './freeing-chart.tsx'
import classes from './limit-section.module.css'

/** How many new people may be written to just now, out of how many, and when there is room again. */
export function LimitSection({ number }: { number: NumberDetail }) {
  const { t } = useTranslation('connectors')
  const { messaging_limit_total: total, messaging_limit_used: used } = number
  return (
    <Section title={t('numberPage.limit.title')} text={t('numberPage.limit.text')}>
      {total === null || used === null ? (
        <NoLimit tier={number.messaging_limit} />
      ) : (
        <Use number={number} total={total} used={used} />
      )}
    </Section>
  )
}

function NoLimit({ tier }: { tier: string | null }) {
  const { t } = useTranslation('connectors')
  const key = tier === 'TIER_UNLIMITED' ? 'unlimited' : 'unknown'
  return <Answer strong={t(`numberPage.limit.${key}`)}>{t(`numberPage.limit.${key}Text`)}</Answer>
}

function Use({ number, total, used }: { number: NumberDetail; total: number; used: number }) {
  const { t } = useTranslation('connectors')
  const free = Math.max(0, total - used)
  const freesAt = number.messaging_limit_frees_at
  const isFull = free === 0
  const words = { used: formatNumber(used), total: formatNumber(total) }
  return (
    <>
      {isFull ? (
        <Answer strong={t('numberPage.limit.fullTitle')} tone="amber">
          {t('numberPage.limit.full', { ...words, time: freesAt ? timeAhead(freesAt) : '–' })}
        </Answer>
      ) : (
        <Answer strong={formatNumber(free)}>
          {t('numberPage.limit.free', { count: free })} {t('numberPage.limit.taken', words)}
        </Answer>
      )}
      <Progress
        size="lg"
        radius="xl"
        value={Math.min(100, (used / total) * 100)}
        color={isFull ? 'yellow' : 'leaf'}
        aria-label={t('numberPage.limit.bar')}
      />
      <Shared number={number} />
      {number.messaging_limit_frees.length > 0 && <FreeingChart frees={number.messaging_limit_frees} />}
    </>
  )
}

function Answer({ strong, tone, children }: { strong: string; tone?: 'amber'; children: ReactNode }) {
  return (
    <p className={classes.answer} data-tone={tone}>
      <strong className="numeric">{strong}</strong>
      <span>{children}</span>
    </p>
  )
}

function Shared({ number }: { number: NumberDetail }) {
  const { t } = useTranslation('connectors')
  const numbers = useNumbers()
  const others = number.messaging_limit_shared_with.map((id) => formatPhone(numbers.get(id)?.phone ?? id))
  const shared = t('numberPage.limit.shared', { count: others.length, numbers: formatList(others) })
  const elsewhere = number.messaging_limit_shared_elsewhere
  return (
    <Text size="sm" c="dimmed" mt="xs" maw="80ch">
      {others.length > 0 && `${shared} `}
      {elsewhere > 0 && `${t('numberPage.limit.elsewhere', { count: elsewhere })} `}
      {t('numberPage.limit.waits')}
    </Text>
  )
}
