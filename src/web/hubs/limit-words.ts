import { useTranslation } from 'react-i18next'
import type { ListForecast } from '../../contract/index.ts'
import { formatNumber } from '../platform/format/number.ts'

/** What a list takes of the daily limit, in a sentence. */
export function useLimitWords(): (limit: NonNullable<ListForecast['daily_limit']>) => string {
  const { t } = useTranslation('hubs')
  return ({ needs, free }) => {
    const numbers = { needs: formatNumber(needs), free: formatNumber(free) }
    return needs <= free ? t('forecast.limitFits', numbers) : t('forecast.limitExceeds', numbers)
  }
}
