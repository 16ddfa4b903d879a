import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { List, ListForecast } from '../../../contract/index.ts'
import { formatNumber } from '../../platform/format/number.ts'
import { timeAhead } from '../../platform/format/time.ts'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { LoadingRows } from '../../platform/page/loading.tsx'
import { Section } from '../../platform/page/section.tsx'
import { useForecast } from '../hubs.ts'
import { useLimitWords } from '../limit-words.ts'
import classes from './list-page.module.css'

/** How long it takes from here, and how much of the number's daily limit. */
export function ForecastSection({ list }: { list: List }) {
  const { t } = useTranslation('hubs')
  const { data: forecast, error, isPending } = useForecast(list)
  const text = list.state === 'paused' ? t('forecast.textPaused') : t('forecast.text')
  return (
    <Section title={t('forecast.title')} text={text}>
      {error && !forecast && <ErrorNote error={error} />}
      {isPending && <LoadingRows count={2} />}
      {forecast && <Facts list={list} forecast={forecast} />}
    </Section>
  )
}

function Facts({ list, forecast }: { list: List; forecast: ListForecast }) {
  const { t } = useTranslation('hubs')
  const limitWords = useLimitWords()
  const { per_second, finishes_at, daily_limit } = forecast
  const { waiting, sending } = list.counts
  return (
    <dl className={classes.facts}>
      <Fact name={t('forecast.through')}>
        {finishes_at ? timeAhead(finishes_at) : t('forecast.notInSight')}
      </Fact>
      <Fact name={t('forecast.left')}>{formatNumber(waiting + sending)}</Fact>
      <Fact name={t('forecast.pace')}>{t('forecast.perSecond', { n: formatNumber(per_second) })}</Fact>
      <Fact name={t('forecast.limit')} isWide>
        {daily_limit ? limitWords(daily_limit) : t('forecast.noLimit')}{' '}
        <Link
          from="/w/$workspace"
          to="/w/$workspace/numbers/$numberId"
          params={{ numberId: list.number_id }}
          className={classes.link}
        >
          {t('wait.toLimit')}
        </Link>
      </Fact>
    </dl>
  )
}

function Fact({ name, isWide = false, children }: { name: string; isWide?: boolean; children: ReactNode }) {
  return (
    <div className={isWide ? classes.wide : undefined}>
      <dt>{name}</dt>
      <dd className="numeric">{children}</dd>
    </div>
  )
}
