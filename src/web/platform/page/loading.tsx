import { Skeleton, Stack } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Grey rows in the shape of what comes. Shown only after 200 ms, so that nothing flashes when the answer is quick. */
export function LoadingRows({ count = 6, height = 44 }: { count?: number; height?: number }) {
  const { t } = useTranslation('shell')
  const isLate = useIsLate(200)
  if (!isLate) return <div aria-busy />
  return (
    <Stack gap="sm" aria-busy role="status" aria-label={t('loading')}>
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <Skeleton key={row} height={height} radius="md" />
      ))}
    </Stack>
  )
}

/** False for the first `afterMs`, then true. */
export function useIsLate(afterMs: number): boolean {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), afterMs)
    return () => clearTimeout(timer)
  }, [afterMs])
  return isLate
}
