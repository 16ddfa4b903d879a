import { Button, type ButtonProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface MoreButtonProps extends Pick<ButtonProps, 'size' | 'mt' | 'variant'> {
  /** What `usePages` answers. */
  pages: { hasNextPage: boolean; isReadingMore: boolean; readMore: () => void }
}

/** Under a list that is read page by page; nothing at its end. */
export function MoreButton({ pages, ...look }: MoreButtonProps) {
  const { t } = useTranslation('shell')
  if (!pages.hasNextPage) return null
  return (
    <Button variant="default" mt="md" {...look} loading={pages.isReadingMore} onClick={pages.readMore}>
      {t('more')}
    </Button>
  )
}
