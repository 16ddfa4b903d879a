import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface MoreButtonProps {
  /** What `usePages` answers. */
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
}

/** Under a list that is read page by page; nothing at its end. */
export function MoreButton({ pages }: MoreButtonProps) {
  const { t } = useTranslation('shell')
  if (!pages.hasNextPage) return null
  return (
    <Button
      variant="default"
      mt="md"
      loading={pages.isFetchingNextPage}
      onClick={() => void pages.fetchNextPage()}
    >
      {t('more')}
    </Button>
  )
}
